using System.Text;
using System.Text.Json;

namespace Baton.Bench.Schemas;

/// <summary>What agents hand over: findings with claims, confidence and sources. The same bytes in every run.</summary>
internal static class SampleDocuments
{
    public const string Schema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "required": ["topic", "findings", "generated_by", "generated_at"],
          "additionalProperties": false,
          "properties": {
            "topic": {"type": "string", "minLength": 1, "maxLength": 200},
            "findings": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/finding"}},
            "generated_by": {"type": "string", "minLength": 1},
            "generated_at": {"type": "string", "format": "date-time"}
          },
          "$defs": {
            "finding": {
              "type": "object",
              "required": ["claim", "confidence", "sources"],
              "properties": {
                "claim": {"type": "string", "minLength": 1},
                "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                "sources": {"type": "array", "minItems": 1, "items": {"type": "string"}}
              }
            }
          }
        }
        """;

    static readonly string[] s_claims =
    [
        "Sales of heat pumps grew by a fifth in 2025",
        "Three of the five largest vendors raised their prices",
        "Lead times for compressors went down to six weeks",
    ];

    /// <summary>About 400 bytes.</summary>
    public static byte[] Small() => Document(findingCount: 2);

    /// <summary>About one megabyte.</summary>
    public static byte[] Large() => Document(findingCount: 7_900);

    /// <summary>The small one with a confidence that is too large.</summary>
    public static byte[] Invalid() =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Small()).Replace("0.51", "1.51", StringComparison.Ordinal));

    static byte[] Document(int findingCount)
    {
        var findings = Enumerable.Range(0, findingCount).Select(index => new Dictionary<string, object>
        {
            ["claim"] = s_claims[index % s_claims.Length],
            ["confidence"] = 0.51 + index % 40 / 100.0,
            ["sources"] = new[] { $"stash:market-report@{1200 + index}", "https://example.com/a" },
        });
        return JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["topic"] = "European heat pump market, third quarter",
            ["findings"] = findings,
            ["generated_by"] = "researcher-001",
            ["generated_at"] = "2026-01-31T12:00:00.125Z",
        });
    }
}
