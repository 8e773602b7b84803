using System.Globalization;
using System.Net.Http.Json;
using MmoOrleans.Benchmarks.Processes;

namespace MmoOrleans.Benchmarks.Load;

/// <summary>The processes of a server that runs: silos with their gateways, or a silo and a gateway of its own. Measured together.</summary>
internal sealed class Servers(IReadOnlyList<ChildProcess> silos, ChildProcess? gateway = null, int? gatewayMetricsPort = null) : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MapsPatience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new();
    private readonly ChildProcess _first = silos[0];

    public int GamePort { get; private set; }

    /// <summary>User and system time of all of them.</summary>
    public TimeSpan CpuTime => silos.Aggregate(gateway?.CpuTime ?? TimeSpan.Zero, (sum, silo) => sum + silo.CpuTime);

    public async Task<Servers> Ready()
    {
        foreach (var silo in silos) await silo.Line("READY");
        if (gateway is not null) await gateway.Line("READY");
        GamePort = await PortOf(gateway ?? _first, "game");
        return this;
    }

    /// <summary>Waits until Central knows every gateway and so many maps. Answers in how many silos these are.</summary>
    public async Task<int> SilosWithMaps(int maps)
    {
        for (var until = DateTime.UtcNow + MapsPatience; DateTime.UtcNow < until; await Task.Delay(Poll))
        {
            var told = await _http.GetFromJsonAsync<ServersTold>($"http://127.0.0.1:{await PortOf(_first, "dashboard")}/admin/servers");
            if (told!.Gateways.Count == silos.Count && told.Maps.Count == maps) return told.Maps.Select(map => map.Silo).Distinct().Count();
        }

        throw new TimeoutException($"Central did not come to know {silos.Count} gateways and {maps} maps. {this}");
    }

    /// <summary>What the first silo holds: resident bytes from the operating system, the rest from itself.</summary>
    /// <param name="collects">After a collection that compacts and gives back, instead of at once.</param>
    public async Task<Memory> Memory(bool collects)
    {
        var address = $"http://127.0.0.1:{await PortOf(_first, "dashboard")}/admin/memory";
        var told = collects
            ? await (await _http.PostAsJsonAsync(address, new { })).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<MemoryTold>()
            : await _http.GetFromJsonAsync<MemoryTold>(address);
        return new Memory(_first.ResidentBytes, told!.HeapBytes, told.AllocatedBytes);
    }

    /// <summary>What the processes count themselves. A page may be 0.3 s old.</summary>
    public async Task<ServerCounters> Counters()
    {
        List<string> pages = [];
        foreach (var silo in silos) pages.Add(await MetricsAt(await PortOf(silo, "dashboard")));
        if (gatewayMetricsPort is { } port) pages.Add(await MetricsAt(port));
        return new ServerCounters(pages);
    }

    /// <summary>Everything that can be read, once: what a process compiles for its first answer is not to be measured.</summary>
    public async Task BeRead()
    {
        await Memory(collects: false);
        await Counters();
    }

    /// <summary>As an operator stops it: players are saved.</summary>
    public async Task Stop()
    {
        if (gateway is not null) await gateway.Stop();
        foreach (var silo in silos) await silo.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        if (gateway is not null) await gateway.DisposeAsync();
        foreach (var silo in silos) await silo.DisposeAsync();
        _http.Dispose();
    }

    public override string ToString() => $"{string.Join('\n', silos)}\n{gateway}";

    private Task<string> MetricsAt(int port) => _http.GetStringAsync($"http://127.0.0.1:{port}/metrics");

    private static async Task<int> PortOf(ChildProcess host, string kind)
    {
        var line = await host.Line($"listen {kind} ");
        return int.Parse(line.TrimEnd('/')[(line.TrimEnd('/').LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
    }

    private sealed record ServersTold(IReadOnlyList<object> Gateways, IReadOnlyList<MapTold> Maps);

    private sealed record MapTold(string Silo);

    private sealed record MemoryTold(long HeapBytes, long AllocatedBytes);
}

/// <summary>What a process holds, and what it has allocated since its start.</summary>
internal sealed record Memory(long ResidentBytes, long HeapBytes, long AllocatedBytes);
