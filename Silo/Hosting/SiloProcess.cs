using System.Collections.Immutable;
using MmoOrleans.Gateway;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Databases;

namespace MmoOrleans.Silo.Hosting;

/// <summary>One silo's life: build, start, report, wait for the end; every failure becomes a sentence and an exit code.</summary>
internal sealed class SiloProcess(ServerSettings settings, ImmutableArray<string> warnings, IReadOnlyList<Action<IServiceCollection>> additions)
{
    public async Task<int> RunAsync()
    {
        using var signals = StopSignals.Listen();
        try
        {
            using var ports = ListenPorts.Reserve(settings);
            await using var app = SiloApplication.Build(settings, ports, additions);
            await app.StartAsync(signals.Asked);
            ports.Dispose();
            await Report(app);
            await app.WaitForShutdownAsync();
            return (int)ExitCode.Stopped;
        }
        catch (Exception exception) when (signals.Asked.IsCancellationRequested && exception is OperationCanceledException or OrleansLifecycleCanceledException)
        {
            return (int)ExitCode.Stopped; // Asked to stop while it was still starting.
        }
        catch (Exception exception)
        {
            var (code, sentence) = Explain(exception);
            return StartReport.Fail(code, sentence);
        }
    }

    private async Task Report(WebApplication app)
    {
        try
        {
            await app.Services.GetRequiredService<MapReport>().WriteAsync(Console.Out, warnings, app.Lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Asked to stop before it was ready: it stops, there is nothing more to report.
        }
    }

    private static (ExitCode Code, string Sentence) Explain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is StartFailure failure)
                return (failure.Code, failure.Message);
            if (cause is StorageUnavailableException storage)
                return (ExitCode.StorageUnreachable, storage.Message);
        }
        return (ExitCode.Failed, exception.ToString());
    }
}
