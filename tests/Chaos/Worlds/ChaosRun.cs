using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using MmoOrleans.Chaos.Histories;
using MmoOrleans.Chaos.Stores;
using MmoOrleans.Chaos.Wanderers;
using MmoOrleans.Databases.Tests;
using MmoOrleans.EndToEnd.Hosts;
using MmoOrleans.Sdk;

namespace MmoOrleans.Chaos.Worlds;

/// <summary>
/// A cluster on a database of its own with wanderers in it, in which something is broken on purpose. At the end everybody is looked for,
/// the database is read, and every rule is checked. CHAOS_PLAYERS is how many wander; where it is not set these tests are skipped: they want a
/// machine for themselves. CHAOS_REDIS=all runs every fault on Redis, too. The hosts' logs and what everybody saw are kept when something is broken, or when CHAOS_LOGS is set.
/// </summary>
public sealed class ChaosRun : IAsyncDisposable
{
    private const int Writers = 2;
    private const int MostLooking = 8;
    private const int MostSoughtNewcomers = 40;
    private const int MostTurnsTold = 30;

    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);
    private static readonly bool KeepsLogs = Environment.GetEnvironmentVariable("CHAOS_LOGS") is not null;
    /// <summary>A channel keeps 256 lines for those who were away: of more than ten a second some would be told that they missed lines.</summary>
    private static TimeSpan BetweenLines => TimeSpan.FromSeconds(Math.Max(4, Players / 10.0));

    private static readonly int Players = int.TryParse(Environment.GetEnvironmentVariable("CHAOS_PLAYERS"), out var players) ? players : 0;

    private readonly CancellationTokenSource _over = new();
    private readonly List<Wanderer> _wanderers = [];
    private readonly List<Writer> _writers = [];
    private readonly List<Task> _running = [];
    private readonly Dictionary<HostProcess, (Site Site, string[] Arguments)> _started = [];
    private readonly Store _store;
    private readonly DatabaseServer? _ownServer;
    private readonly string _connectionString;

    private ChaosRun(Store store, string connectionString, DatabaseServer? ownServer)
    {
        (_store, _connectionString, _ownServer) = (store, connectionString, ownServer);
        Cluster = new Cluster(store.Name, connectionString);
    }

    public Cluster Cluster { get; }

    public History History { get; } = new();

    /// <summary>Of the hosts that clients may use: where newcomers knock, in turns.</summary>
    public ImmutableArray<Door> Doors { get; set; } = [];

    public static async Task<ChaosRun> OnSharedServer(Store store)
    {
        RequireAMachine();
        return new ChaosRun(store, await store.NewDatabase(), ownServer: null);
    }

    /// <summary>With a database server that the test may stop or freeze.</summary>
    public static async Task<(ChaosRun Run, DatabaseServer Server)> OnServerOfItsOwn(Store store)
    {
        RequireAMachine();
        store.Require();
        var server = await store.StartNew();
        return (new ChaosRun(store, await server.Create(), server), server);
    }

    /// <summary>With a network that the test may cut, and a database server that is reached from all of it.</summary>
    public static async Task<(ChaosRun Run, Network Network)> OnNetwork(Store store, int sites)
    {
        RequireAMachine();
        store.Require();
        var network = await Network.Make(sites);
        var server = await store.StartNew(network.Here);
        return (new ChaosRun(store, await server.Create(), server), network);
    }

    public Task<HostProcess> StartSilo(params string[] more) => StartSiloAt(Site.Here, more);

    /// <summary>A silo on ports that stay its own: it comes back there when it is started again.</summary>
    public Task<HostProcess> StartSiloAt(Site site, params string[] more) =>
        Start((site, ["-centralPort", $"{DatabaseServer.FreePort()}", "-siloPort", $"{DatabaseServer.FreePort()}", .. more]));

    public Task<HostProcess> StartAgain(HostProcess silo) => Start(_started[silo]);

    /// <summary>The two maps on which everybody goes about run in two silos from here on, so that whoever warps goes from one to the other.</summary>
    public async Task TakeMapsApart(IReadOnlyList<HostProcess> silos)
    {
        await Cluster.Silos(silos[0], silos.Count);
        Assert.Same(silos[0], await Cluster.HostOf(Ground.First, silos));
        Assert.Equal(HttpStatusCode.OK, (await Cluster.Order(silos[0], "move", new { map = $"default/{Ground.Second}", silo = silos[1].SiloName })).Status);
        Assert.Same(silos[1], await Cluster.HostOf(Ground.Second, silos));
    }

    /// <summary>Everybody enters, over all doors alike, and goes about. Returns when all are in and have settled.</summary>
    public async Task Populate()
    {
        using var looking = new SemaphoreSlim(MostLooking);
        for (var i = 0; i < Players; i++)
            _wanderers.Add(new Wanderer(History, $"w{i}", commutes: i % 5 < 3, staysAtItsGateway: i % 2 == 0, BetweenLines, seed: i));
        var entering = _wanderers.Select(async (wanderer, i) =>
        {
            await looking.WaitAsync();
            try
            {
                await wanderer.Enter(Doors[i % Doors.Length]);
            }
            finally
            {
                looking.Release(); // Also when it failed: the others are not to wait for ever.
            }
            lock (_running)
                _running.Add(wanderer.Run(_over.Token));
        });
        try
        {
            await Task.WhenAll(entering);
        }
        catch (MmoException exception)
        {
            throw new InvalidOperationException($"{exception.Message}\nthe hosts' logs are in {KeepLogs()}", exception);
        }
        var contested = new ContestedNames();
        for (var i = 0; i < Writers; i++)
        {
            var (knocks, writer) = (i, new Writer(History, $"n{i}", contested));
            _writers.Add(writer);
            _running.Add(writer.Run(() => Doors[knocks++ % Doors.Length], _over.Token));
        }
        await Task.Delay(TimeSpan.FromSeconds(3));
    }

    /// <summary>Breaks something, in a moment in which it can hurt: enough are between two maps and something is being written.</summary>
    public async Task<Witnessed.Fault> Break(string what, bool isPlanned, Func<Task> act)
    {
        var began = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Glance);
        var fault = new Witnessed.Fault(History.Now, what, isPlanned);
        while (!CanHurtNow() || Coverage.MissingAt(fault = fault with { At = History.Now }, History.All()).Any())
        {
            if (Stopwatch.GetElapsedTime(began) > MostPatience)
                throw new TimeoutException($"There was no moment in which {Coverage.LeastWarping:P0} of {Players} were warping and something was being written.");
            await timer.WaitForNextTickAsync();
        }
        History.Add(fault);
        await act();
        return fault;
    }

    /// <summary>As the players themselves see it; what counts is what the history says of that moment, which takes a few milliseconds to read.</summary>
    private bool CanHurtNow() =>
        _wanderers.Count(wanderer => wanderer.IsWarping) >= Coverage.LeastWarping * Players + 1 && _writers.Any(writer => writer.IsWriting);

    /// <summary>Lets a while pass, so that what was broken can heal and what was lost can show.</summary>
    public Task Watch(TimeSpan time) => Task.Delay(time);

    /// <summary>Everybody stops, is looked for, and nothing may be against the rules.</summary>
    /// <param name="wasDown">For a while there was no host to come back to.</param>
    public async Task AssertNothingIsBroken(ITestOutputHelper output, bool wasDown = false)
    {
        await _over.CancelAsync();
        await Task.WhenAll(_running);
        foreach (var wanderer in _wanderers)
            wanderer.Dispose();
        var seen = History.All();
        var made = seen.OfType<Witnessed.Made>().Select(one => one.Who).ToList();
        var sought = made.Where(name => name[0] == 'w').Concat(made.Where(name => name[0] == 'n').TakeLast(MostSoughtNewcomers)).ToList();
        await Parallel.ForEachAsync(sought, new ParallelOptions { MaxDegreeOfParallelism = MostLooking }, async (name, _) => await Newcomer.Seek(History, Doors[0], name, enters: name[0] == 'w'));
        var all = History.All();
        foreach (var fault in all.OfType<Witnessed.Fault>())
        {
            var (warping, playing) = Coverage.PlayersAt(fault.At, all);
            var pauses = Pauses.Around(fault, seen);
            output.WriteLine($"{fault.At.TotalSeconds:0.0} s {fault.What}: {warping} of {playing} warping; {pauses}");
            Tell(output, pauses.Unluckiest, seen.Where(one => one.At >= fault.At));
        }
        output.WriteLine($"{all.Count} things seen, {made.Count} accounts made, {seen.OfType<Witnessed.Said>().Count()} lines said, {seen.OfType<Witnessed.Heard>().Count()} heard, {seen.OfType<Witnessed.Lost>().Count()} connections lost");
        var broken = Rules.Broken([.. seen, .. all.Where(one => one is Witnessed.Sought or Witnessed.Found)], await _store.Read(_connectionString), wasDown);
        foreach (var who in broken.Select(sentence => sentence.Split(' ')[0]).Distinct().Take(5))
            Tell(output, who, all);
        if (!broken.IsEmpty || KeepsLogs)
        {
            var folder = KeepLogs();
            File.WriteAllLines(Path.Combine(folder, "history.txt"), all.Select(one => one.ToString()));
            output.WriteLine($"the hosts' logs and the history are in {folder}");
        }
        if (!broken.IsEmpty)
            Assert.Fail($"{broken.Length} rules are broken\n{string.Join('\n', broken.Take(40))}");
    }

    private static void Tell(ITestOutputHelper output, string who, IEnumerable<Witnessed> seen)
    {
        var turns = seen.Where(one => one.Who == who).Where(one => one is Witnessed.Stood or Witnessed.Found or Witnessed.Lost or Witnessed.GaveUp or Witnessed.Put or Witnessed.Warping);
        output.WriteLine($"{who}: {string.Join("; ", turns.Take(MostTurnsTold).Select(one => one.Brief))}");
    }

    private async Task<HostProcess> Start((Site Site, string[] Arguments) how)
    {
        try
        {
            var silo = await Cluster.StartSiloAt(how.Site, how.Arguments);
            _started[silo] = how;
            return silo;
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{exception.Message}\nthe hosts' logs are in {KeepLogs()}", exception);
        }
    }

    private static void RequireAMachine() => Assert.SkipWhen(Players == 0, "Kills and stops hosts for minutes under load: CHAOS_PLAYERS=40 dotnet test --project tests/Chaos");

    private string KeepLogs()
    {
        var folder = Directory.CreateTempSubdirectory("mmo-chaos-").FullName;
        foreach (var (host, number) in Cluster.Hosts.Select((host, number) => (host, number)))
            File.WriteAllLines(Path.Combine(folder, $"host{number}.log"), [.. host.Output, .. host.Log]);
        return folder;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        foreach (var wanderer in _wanderers)
            wanderer.Dispose();
        await Cluster.DisposeAsync();
        if (_ownServer is not null)
            await _ownServer.DisposeAsync();
        _over.Dispose();
    }
}
