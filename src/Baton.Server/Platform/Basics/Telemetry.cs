using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Baton.Server.Platform.Basics;

/// <summary>Exports traces and metrics by OTLP, when an endpoint is configured (OTEL_EXPORTER_OTLP_ENDPOINT).</summary>
internal sealed class Telemetry : IDisposable
{
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    readonly TracerProvider _traces;
    readonly MeterProvider _metrics;

    Telemetry()
    {
        var resource = ResourceBuilder.CreateDefault().AddService("baton");
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore")
            .AddOtlpExporter()
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(BatonMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
                "System.Runtime")
            .AddOtlpExporter()
            .Build();
    }

    public static bool IsConfigured => Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 };

    /// <summary>Starts the export; null if no endpoint is configured, and then no request pays for it.</summary>
    public static Telemetry? StartIfConfigured() => IsConfigured ? new Telemetry() : null;

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
