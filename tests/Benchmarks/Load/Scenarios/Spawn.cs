using System.Diagnostics;
using System.Globalization;

namespace MmoOrleans.Benchmarks.Load.Scenarios;

/// <summary>
/// Many maps of the same file, one per channel: the time from the start to READY with all of them, minus that with one, so that
/// the start of the process and the reading of the file are in neither.
/// </summary>
internal sealed record Spawn() : Scenario("spawn", "so many map grains of one file, beyond the first", 1000)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    public override async Task<Row> Measure(Bench bench, int maps)
    {
        var one = await Start(bench, 1);
        var all = await Start(bench, maps + 1);
        return new Row()
            .Add("maps", maps)
            .Add("seconds after the first", (all.UntilReady - one.UntilReady).TotalSeconds, 2)
            .Add("with one map s", one.UntilReady.TotalSeconds, 2)
            .Add("resident KB/map", (all.Memory.ResidentBytes - one.Memory.ResidentBytes) / 1000.0 / maps, 1)
            .Add("heap KB/map", (all.Memory.HeapBytes - one.Memory.HeapBytes) / 1000.0 / maps, 1)
            .Add("idle server CPU ms/s", all.IdleMs, 1).Add("with one map", one.IdleMs, 1);
    }

    private static async Task<Started> Start(Bench bench, int maps)
    {
        bench.Say($"a silo with {maps} maps");
        var channels = string.Join('|', Enumerable.Range(1, maps).Select(number => string.Create(CultureInfo.InvariantCulture, $"c{number}:c{number}:500")));
        var start = Stopwatch.GetTimestamp();
        await using var servers = await bench.StartSilo("-channels", channels);
        var untilReady = Stopwatch.GetElapsedTime(start);
        var memory = await servers.Memory(collects: true);
        var cpu = servers.CpuTime;
        await Task.Delay(Rest);
        cpu = servers.CpuTime - cpu;
        await servers.Stop();
        return new Started(untilReady, memory, cpu.TotalMilliseconds / Rest.TotalSeconds);
    }

    private sealed record Started(TimeSpan UntilReady, Memory Memory, double IdleMs);
}
