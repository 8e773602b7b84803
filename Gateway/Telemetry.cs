using OpenTelemetry.Metrics;

namespace MmoOrleans.Gateway;

/// <summary>
/// The host's meters for those who watch it: scraped by Prometheus at <see cref="Path"/>, pushed with OTLP where the standard
/// environment variable OTEL_EXPORTER_OTLP_ENDPOINT names a collector, and always there for dotnet-counters. Ours and the
/// runtime's; Orleans' own meter measures every message, which the hot path would pay for.
/// </summary>
public static class Telemetry
{
    /// <summary>Where a host answers with its metrics.</summary>
    public const string Path = "/metrics";

    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Exports the meters.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter("MmoOrleans.*", "System.Runtime").AddPrometheusExporter();
            if (Environment.GetEnvironmentVariable(OtlpEndpoint) is { Length: > 0 })
                metrics.AddOtlpExporter();
        });
        return services;
    }

    /// <summary>Answers scrapes that come in by one port of the host, and by no other: it is for operators.</summary>
    public static void UseMetrics(this WebApplication app, Func<int> port) =>
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Request.Path == Path && context.Connection.LocalPort == port());
}
