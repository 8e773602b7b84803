using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MmoOrleans.Benchmarks.Floor;
using MmoOrleans.Benchmarks.Processes;
using MmoOrleans.Bots;

namespace MmoOrleans.Benchmarks.Load;

/// <summary>Where measuring happens: starts servers, bots and floors, and reads the operating system's clock of the server over exactly the measured time.</summary>
internal sealed class Bench : IDisposable
{
    /// <summary>From the start to the corner of the largest area.</summary>
    private const double LongestFirstWalkSeconds = 150;

    /// <summary>Password hashes of a preparation are never measured.</summary>
    private const string FewIterations = "1000";

    /// <summary>A machine that is too busy for all newcomers at the map's one start gets them in a second time, where they stand by then.</summary>
    private const int MostPreparations = 3;

    private const double PreparationRamp = 50;

    private const string ConnectionVariable = "MMO_CONNECTIONSTRING";

    private readonly TextWriter _progress;
    private readonly string _folder;
    private readonly bool _isTemporary;

    public Bench(LoadOptions options, TextWriter progress)
    {
        (Options, _progress, _isTemporary) = (options, progress, options.Folder is null);
        _folder = options.Folder is { } kept ? Directory.CreateDirectory(kept).FullName : Directory.CreateTempSubdirectory("mmo-bench-").FullName;
    }

    public LoadOptions Options { get; }

    public void Dispose()
    {
        if (_isTemporary) Directory.Delete(_folder, recursive: true);
    }

    public void Say(string line) => _progress.WriteLine($"{DateTime.Now:HH:mm:ss} {line}");

    /// <summary>The ordinary silo with the checked-in configuration, on the data of the run before.</summary>
    public Task<Servers> StartSilo(params string[] more) => new Servers([Silo("0", more)]).Ready();

    /// <summary>The same on one processor, which the bots do not have.</summary>
    public Task<Servers> StartSiloOnOneProcessor() => new Servers([Silo("0", [], core: Options.Core == 0 ? 1 : 0)]).Ready();

    /// <summary>A silo without players of its own, and a gateway in a process of its own.</summary>
    public async Task<Servers> StartSiloAndGateway()
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        var silo = Silo(port, ["-embeddedGateway", "false"]);
        await silo.Line("READY");
        var metrics = FreePort();
        string[] arguments =
        [
            "-config", Places.Config, "-gatewayPort", "0", "-httpPort", "0", "-centralAddress", "127.0.0.1", "-orleansGatewayPort", port,
            "-metricsPort", metrics.ToString(CultureInfo.InvariantCulture),
        ];
        return await new Servers([silo], new ChildProcess(Places.Gateway, core: null, arguments), metrics).Ready();
    }

    /// <summary>
    /// So many silos on the PostgreSQL database that the environment names, where each of them looks for it. Each has as many of the maps as the
    /// others: these come up in one silo more, which shares them out when it stops.
    /// </summary>
    public async Task<Servers> StartCluster(int silos, params string[] more)
    {
        if (Environment.GetEnvironmentVariable(ConnectionVariable) is null)
            throw new InvalidOperationException($"{ConnectionVariable} must hold the connection string of a PostgreSQL database that belongs to the folder.");
        await using var first = await SiloInCluster(more); // Makes the tables as well.
        var rest = new List<ChildProcess>();
        for (var i = 0; i < silos; i++) rest.Add(await SiloInCluster(more));
        await first.Stop();
        return await new Servers(rest).Ready();
    }

    /// <summary>Makes the accounts of a run and lets their characters walk to their places, unless the folder has them from before.</summary>
    /// <param name="run">What is to be run.</param>
    /// <param name="start">The server that it will be run on, given more switches; null: the ordinary one.</param>
    public async Task Prepare(BotsRun run, Func<string[], Task<Servers>>? start = null)
    {
        var done = AccountsOf(run) + ".prepared";
        for (var attempt = 1; !File.Exists(done); attempt++)
        {
            Say($"preparing {run.Clients} accounts {run.Prefix}_...");
            if (await TryPrepare(run, start ?? StartSilo)) File.WriteAllText(done, "");
            else if (attempt == MostPreparations) throw new InvalidOperationException("The accounts could not be prepared: not all bots got in and stayed.");
        }
    }

    private async Task<bool> TryPrepare(BotsRun run, Func<string[], Task<Servers>> start)
    {
        await using var servers = await start(["-passwordIterations", FewIterations]);
        var walkers = run with { MovesPerSecond = Math.Max(10, run.MovesPerSecond), LinesPerSecond = 0, Ramp = PreparationRamp, Settles = true };
        await using var bots = Bots(walkers.Arguments(servers.GamePort, AccountsOf(run), seconds: 1, warmUp: 0, LongestFirstWalkSeconds));
        var exitCode = await bots.Ended();
        await servers.Stop();
        return exitCode == ExitCodes.Success;
    }

    /// <summary>Runs bots against a server and measures both. <paramref name="meanwhile"/> is done when the measured time begins, before the server's clock is read.</summary>
    public async Task<GameRun> Play(Servers servers, BotsRun run, Func<Task>? meanwhile = null)
    {
        Say($"{run.Clients} bots {run.Prefix}");
        await servers.BeRead(); // Else half a second of compilation, in each process, would be the players'.
        await using var bots = Bots(run.Arguments(servers.GamePort, AccountsOf(run), Options.Seconds, Options.WarmUpSeconds));
        await bots.Line(Measurement.Begins);
        if (meanwhile is not null) await meanwhile();
        var (before, counted) = (await servers.Memory(collects: false), await servers.Counters());
        var (cpu, from) = (servers.CpuTime, Stopwatch.GetTimestamp());
        await bots.Line(Measurement.Ends);
        cpu = servers.CpuTime - cpu;
        var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        var after = await servers.Memory(collects: false);
        var degradation = Degradation.Between(counted, await servers.Counters());
        var report = JsonSerializer.Deserialize<Report>(await bots.Line("{"), LineFile.Format)!;
        await bots.Ended();
        foreach (var problem in report.Problems) Say(problem);
        return new GameRun(report, seconds, cpu, after.AllocatedBytes - before.AllocatedBytes, degradation, run.Maps);
    }

    /// <summary>Bots that play until they are disposed of and are not measured: they are in and have warmed up when this returns.</summary>
    public async Task<IAsyncDisposable> Accompany(Servers servers, BotsRun run)
    {
        Say($"{run.Clients} bots {run.Prefix} beside");
        var bots = Bots(run.Arguments(servers.GamePort, AccountsOf(run), seconds: 100_000, warmUp: 0));
        await bots.Line(Measurement.Begins);
        return bots;
    }

    /// <summary>The traffic of a game, with no game. Answers the floor's processor time per client and second, in ms.</summary>
    public async Task<double> Replay(string kind, GameRun game)
    {
        Say($"{game.Report.Clients} clients of the {kind} floor");
        await using var floor = new ChildProcess(Places.Benchmarks, core: null, "floor", "--kind", kind, "--rate", Text(game.FramesPerClient), "--bytes", Text(game.BytesPerFrame));
        var port = (await floor.Line("listen ")).Split(' ')[1];
        await using var clients = new ChildProcess(Places.Benchmarks, Options.Core, "floor-clients", "--port", port, "--clients", Text(game.Report.Clients),
            "--rate", Text(game.MovesPerClient), "--bytes", Text(game.BytesPerMove), "--seconds", Text(Options.Seconds), "--warm-up", Text(Options.WarmUpSeconds));
        await clients.Line(Measurement.Begins);
        var cpu = floor.CpuTime;
        await clients.Line(Measurement.Ends);
        cpu = floor.CpuTime - cpu;
        var report = JsonSerializer.Deserialize<FloorReport>(await clients.Line("{"), LineFile.Format)!;
        if (report.Ends > 0 || report.FramesPerClientPerS < game.FramesPerClient * 0.95) throw new InvalidOperationException($"The {kind} floor did not keep up: {report}. {floor}");
        return cpu.TotalMilliseconds / Options.Seconds / game.Report.Clients;
    }

    private ChildProcess Silo(string orleansGatewayPort, string[] more, int? core = null) => new(Places.Silo, core,
    [
        "-config", Places.Config, "-storagePath", Path.Combine(_folder, "mmo.db"), "-centralPort", "0", "-httpPort", "0", "-dashboardPort", "0",
        "-siloPort", "0", "-orleansGatewayPort", orleansGatewayPort, .. more,
    ]);

    private async Task<ChildProcess> SiloInCluster(string[] more)
    {
        var silo = Silo("0", ["-database", "postgres", .. more]);
        await silo.Line("READY");
        return silo;
    }

    private ChildProcess Bots(string[] arguments) => new(Places.Bots, Options.Core, arguments);

    private string AccountsOf(BotsRun run) => Path.Combine(_folder, $"accounts-{run.Prefix}.jsonl");

    // The one port that no line of a start report names.
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
