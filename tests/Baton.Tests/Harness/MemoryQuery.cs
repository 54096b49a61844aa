using System.Data;
using System.Text.RegularExpressions;
using Baton.Server.Platform.Storage.Tables;

namespace Baton.Tests.Harness;

/// <summary>
/// A plain query over one table in memory: columns of the rows that fit every comparison, in order, the first so many.
/// What is more than that fails, and is to be answered by <see cref="MemoryDatabase.Answer"/>.
/// </summary>
internal sealed partial class MemoryQuery
{
    readonly string _table;
    readonly string[] _columns;
    readonly (string Column, string Sign, string Parameter)[] _conditions;
    readonly (string Column, bool IsDescending)[] _order;
    readonly string? _limit;

    MemoryQuery(Match query)
    {
        _table = query.Groups["table"].Value;
        _columns = query.Groups["columns"].Value.Split(", ");
        _conditions =
        [
            .. query.Groups["where"].Value.Split(" AND ").Select(part => Condition().Match(part)).Select(part =>
                (part.Groups["column"].Value, part.Groups["sign"].Value, part.Groups["parameter"].Value)),
        ];
        _order =
        [
            .. query.Groups["order"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(part =>
                (part.Split(' ')[0], part.EndsWith(" DESC", StringComparison.Ordinal))),
        ];
        _limit = query.Groups["limit"] is { Success: true } limit ? limit.Value : null;
    }

    /// <summary>Null for one that is not plain.</summary>
    public static MemoryQuery? Of(string text) =>
        Plain().Match(Space().Replace(text, " ").Trim()) is { Success: true } query ? new MemoryQuery(query) : null;

    public DataTable Run(MemoryDatabase database, MemoryParameters parameters)
    {
        var answer = NewAnswer(_columns.Length);
        if (database.Find(_table) is not { } table) return answer;
        var rows = table.Values().Where(
            row => _conditions.All(condition => Fits(row[PlaceOf(table, condition.Column)], condition, parameters)));
        foreach (var (column, isDescending) in _order.Reverse())
        {
            var (place, order) = (PlaceOf(table, column), Comparer<object?>.Create(Compare));
            rows = isDescending
                ? rows.OrderByDescending(row => row[place], order)
                : rows.OrderBy(row => row[place], order);
        }

        var places = Array.ConvertAll(_columns, column => PlaceOf(table, column));
        foreach (var row in rows.Take(LimitOf(parameters)))
            answer.Rows.Add(Array.ConvertAll(places, place => row[place]));
        return answer;
    }

    public static DataTable NewAnswer(int columns)
    {
        var answer = new DataTable();
        for (var index = 0; index < columns; index++) answer.Columns.Add($"c{index}", typeof(object));
        return answer;
    }

    static bool Fits(
        object? value, (string Column, string Sign, string Parameter) condition, MemoryParameters parameters)
    {
        // As in SQL: what is compared with null is neither.
        if (value is null || parameters.ValueOf(condition.Parameter) is not { } wanted) return false;
        var order = Compare(value, wanted);
        return condition.Sign switch
        {
            "=" => order == 0,
            ">" => order > 0,
            ">=" => order >= 0,
            "<" => order < 0,
            _ => order <= 0,
        };
    }

    static int Compare(object? one, object? other) => (one, other) switch
    {
        (string a, string b) => NameRange.Compare(a, b),
        (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
        _ => Comparer<object?>.Default.Compare(one, other),
    };

    static int PlaceOf(IMemoryTable table, string column)
    {
        for (var index = 0; index < table.Columns.Count; index++)
        {
            if (table.Columns[index] == column) return index;
        }

        throw new NotSupportedException($"There is no column {column}.");
    }

    int LimitOf(MemoryParameters parameters) => _limit switch
    {
        null => int.MaxValue,
        ['@', ..] => (int)(long)parameters.ValueOf(_limit)!,
        _ => int.Parse(_limit, System.Globalization.CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(
        @"^SELECT (?<columns>\w+(, \w+)*) FROM (?<table>\w+) WHERE (?<where>\w+ [=<>]+ @\w+( AND \w+ [=<>]+ @\w+)*)"
        + @"( ORDER BY (?<order>\w+( DESC)?(, \w+( DESC)?)*))?( LIMIT (?<limit>@?\w+))?$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^(?<column>\w+) (?<sign>[=<>]+) (?<parameter>@\w+)$")]
    private static partial Regex Condition();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
