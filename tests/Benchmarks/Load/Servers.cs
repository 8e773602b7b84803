using System.Globalization;
using System.Net.Http.Json;
using MmoOrleans.Benchmarks.Processes;

namespace MmoOrleans.Benchmarks.Load;

/// <summary>The processes of a server that runs: one silo with its gateway, or a silo and a gateway of its own. Measured together.</summary>
internal sealed class Servers(ChildProcess silo, ChildProcess? gateway = null, int? gatewayMetricsPort = null) : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    public int GamePort { get; private set; }

    /// <summary>User and system time of all of them.</summary>
    public TimeSpan CpuTime => silo.CpuTime + (gateway?.CpuTime ?? TimeSpan.Zero);

    public async Task<Servers> Ready()
    {
        await silo.Line("READY");
        if (gateway is not null) await gateway.Line("READY");
        GamePort = await PortOf(gateway ?? silo, "game");
        return this;
    }

    /// <summary>What the silo holds: resident bytes from the operating system, the rest from itself.</summary>
    /// <param name="collects">After a collection that compacts and gives back, instead of at once.</param>
    public async Task<Memory> Memory(bool collects)
    {
        var address = $"http://127.0.0.1:{await PortOf(silo, "dashboard")}/admin/memory";
        var told = collects
            ? await (await _http.PostAsJsonAsync(address, new { })).EnsureSuccessStatusCode().Content.ReadFromJsonAsync<MemoryTold>()
            : await _http.GetFromJsonAsync<MemoryTold>(address);
        return new Memory(silo.ResidentBytes, told!.HeapBytes, told.AllocatedBytes);
    }

    /// <summary>What the processes count themselves. A page may be 0.3 s old.</summary>
    public async Task<ServerCounters> Counters()
    {
        List<string> pages = [await MetricsAt(await PortOf(silo, "dashboard"))];
        if (gatewayMetricsPort is { } port) pages.Add(await MetricsAt(port));
        return new ServerCounters(pages);
    }

    /// <summary>As an operator stops it: players are saved.</summary>
    public async Task Stop()
    {
        if (gateway is not null) await gateway.Stop();
        await silo.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        if (gateway is not null) await gateway.DisposeAsync();
        await silo.DisposeAsync();
        _http.Dispose();
    }

    public override string ToString() => $"{silo}\n{gateway}";

    private Task<string> MetricsAt(int port) => _http.GetStringAsync($"http://127.0.0.1:{port}/metrics");

    private static async Task<int> PortOf(ChildProcess host, string kind)
    {
        var line = await host.Line($"listen {kind} ");
        return int.Parse(line.TrimEnd('/')[(line.TrimEnd('/').LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
    }

    private sealed record MemoryTold(long HeapBytes, long AllocatedBytes);
}

/// <summary>What a process holds, and what it has allocated since its start.</summary>
internal sealed record Memory(long ResidentBytes, long HeapBytes, long AllocatedBytes);
