using System.Text.Json;
using MmoOrleans.Bots.Past;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots;

/// <summary>The command line from end to end: read it, run or verify, write the report, answer the exit code.</summary>
internal sealed class Command(TextWriter output, TextWriter progress, TimeProvider time, Func<ServerEndpoint, ITransport>? createTransport = null)
{
    public async Task<int> Run(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        if (arguments.Contains("--help"))
        {
            output.WriteLine(UsageText.Text);
            return ExitCodes.Success;
        }

        try
        {
            using var context = new SwarmContext(OptionReader.Read(arguments), time, createTransport);
            return context.Options.VerifyPath is { } path ? await Verify(context, path, stop) : await Measure(context, stop);
        }
        catch (Exception wrong) when (wrong is UsageException or InvalidDataException)
        {
            progress.WriteLine(wrong.Message);
            progress.WriteLine("--help lists the switches.");
            return ExitCodes.Usage;
        }
    }

    private async Task<int> Measure(SwarmContext context, CancellationToken stop)
    {
        using var swarm = new Swarm(context, progress);
        var report = await CanConnect(context, stop) ? await swarm.Run(stop) : swarm.Report() with { IsUnreachable = true };
        Write(report, context.Options);
        return report.ExitCode;
    }

    private async Task<int> Verify(SwarmContext context, string path, CancellationToken stop)
    {
        var verification = new Verification(context, LineFile.Read<HistoryLine>(path), progress);
        var report = await CanConnect(context, stop) ? await verification.Run(stop) : verification.Report() with { IsUnreachable = true };
        Write(report, context.Options);
        return report.ExitCode;
    }

    // One knock before thousands of bots do: a wrong address is one sentence, not a thousand errors.
    private static async Task<bool> CanConnect(SwarmContext context, CancellationToken stop)
    {
        using var client = new MmoClient(MmoClientOptions.Default with { CreateTransport = context.CreateTransport });
        var welcome = await client.ConnectCentralAsync(context.Options.Server, stop);
        if (welcome.IsGranted(out _) || welcome is Answer<Welcome>.Refused { RetryAfter.Ticks: > 0 }) return true;
        context.Problems.Error($"{ErrorNames.Of(welcome.Code)}: {welcome.Sentence}");
        return false;
    }

    private void Write<T>(T report, BotOptions options)
    {
        var json = JsonSerializer.Serialize(report, LineFile.Format);
        output.WriteLine(json);
        if (options.JsonPath is { } path) File.WriteAllText(path, json + Environment.NewLine);
    }
}
