using System.Collections.Immutable;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;

namespace MmoOrleans.Gateway;

/// <summary>A gateway in a process of its own: an Orleans client of a running cluster.</summary>
public static class GatewayHost
{
    /// <summary>Runs until it is asked to stop; answers the exit code.</summary>
    public static async Task<int> Run(ServerSettings settings, ImmutableArray<string> warnings)
    {
        using var signals = StopSignals.Listen();
        await using var app = Build(settings);
        var listeners = app.Services.GetRequiredService<GatewayListeners>();
        try
        {
            await app.StartAsync(signals.Asked);
        }
        catch (Exception exception) when (listeners.ExplainPortInUse(exception) is { } sentence)
        {
            return StartReport.Fail(ExitCode.PortInUse, sentence);
        }
        catch (StorageUnavailableException unavailable)
        {
            return StartReport.Fail(ExitCode.StorageUnreachable, unavailable.Message);
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Stopped; // Asked to stop while it still waited for the cluster.
        }
        catch (Exception exception)
        {
            return StartReport.Fail(ExitCode.Failed, exception.Message);
        }
        if (await PublicAddressCheck.Warning(settings.Listen, listeners.GamePort, app.Lifetime.ApplicationStopping) is { } unreachable)
            warnings = warnings.Add(unreachable);
        StartReport.Ready(listeners.ListenLines, warnings);
        await app.WaitForShutdownAsync();
        return (int)ExitCode.Stopped;
    }

    private static WebApplication Build(ServerSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.AddHostConsole();
        builder.Services.AddSharedDatabase(settings.Database);
        builder.UseCluster(settings.Cluster, settings.Database);
        builder.Services.AddGateway(settings.ToGatewayOptions(siloName: "")).AddTelemetry();
        if (settings.MetricsPort is { } port)
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        if (settings.MetricsPort is { } metrics)
            app.UseMetrics(() => metrics);
        app.MapGateway();
        app.MapGatewayHealth();
        return app;
    }
}
