using System.Collections.Immutable;
using MmoOrleans.Gateway;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.GrainInterfaces.Spawning;
using MmoOrleans.Grains.Central;
using MmoOrleans.Grains.Spawning;

namespace MmoOrleans.Silo.Hosting;

/// <summary>
/// What a script reads from a starting silo's standard output: the listeners, one line per map that is up, warnings, READY.
/// A map that does not come up in its time becomes a warning, and READY is said without it.
/// </summary>
internal sealed class MapReport(ServerSettings settings, ListenPorts ports, WantedMaps wanted, IEnumerable<GatewayListeners> gateway, IGrainFactory grains, ILocalDirectory directory, Readiness readiness,
    TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    public async Task WriteAsync(TextWriter output, ImmutableArray<string> configurationWarnings, CancellationToken stopping)
    {
        WriteListeners(output);
        var warnings = configurationWarnings.AddRange(wanted.Warnings).AddRange(await WaitForMaps(output, stopping));
        if (await PublicAddressCheck.Warning(settings.Listen, ports.Game, stopping) is { } unreachable)
            warnings = warnings.Add(unreachable);
        foreach (var warning in warnings)
            output.WriteLine($"warning {warning}");
        readiness.WaitingFor = "";
        output.WriteLine("READY");
        await output.FlushAsync(stopping);
    }

    private void WriteListeners(TextWriter output)
    {
        foreach (var line in gateway.SelectMany(listeners => listeners.ListenLines))
            output.WriteLine(line);
        if (!settings.Listen.HostsGateway)
            output.WriteLine(HttpPort.HealthLine(settings.Listen.Address, ports.Http, settings.Listen.Certificate));
        output.WriteLine($"listen dashboard http://{settings.Dashboard.Address}:{ports.Dashboard}/");
        output.WriteLine($"listen silo {settings.Cluster.SiloAddress}:{ports.Silo}");
        output.Flush();
    }

    private async Task<List<string>> WaitForMaps(TextWriter output, CancellationToken stopping)
    {
        var warnings = new List<string>();
        var began = time.GetTimestamp();
        foreach (var map in wanted.Maps)
        {
            readiness.WaitingFor = $"map {map} is not up";
            if (await WaitForMap(map, began, stopping) is { } up)
                WriteMap(output, map, up, warnings);
            else
                warnings.Add($"map {map}: not up after {settings.World.SpawnTimeout.TotalSeconds:0} s: {await LastErrorOf(map)}");
        }
        return warnings;
    }

    private async Task<MapReadiness?> WaitForMap(MapId map, long began, CancellationToken stopping)
    {
        while (true)
        {
            var answer = await StateOf(map);
            if (answer is Granted<MapReadiness> { Value: { Registered: true, ConnectedToChat: true } up })
                return up;
            if (answer is Denied<MapReadiness> { Why.Code: RefusalCode.MapNotFound } || time.GetElapsedTime(began) > settings.World.SpawnTimeout)
                return null;
            await Task.Delay(Poll, time, stopping);
        }
    }

    /// <summary>Starting it is the spawner's affair, after Central has accepted that: asked before it is listed, the map would start by the question.</summary>
    private async Task<Answer<MapReadiness>> StateOf(MapId map) =>
        directory.Find(map) is null ? Answer.Refuse<MapReadiness>(RefusalCode.MapServerNotReady) : await Ask(map);

    private async Task<Answer<MapReadiness>> Ask(MapId map)
    {
        try
        {
            return await grains.GetGrain<IMapGrain>(map.Key).Start();
        }
        catch (TimeoutException)
        {
            return Answer.Refuse<MapReadiness>(RefusalCode.MapServerNotReady);
        }
    }

    private async Task<string> LastErrorOf(MapId map)
    {
        if (await Ask(map) is Denied<MapReadiness> denied)
            return denied.Why.Sentence;
        var state = await grains.GetGrain<IMapSpawnGrain>(GrainKeys.Spawner(new SpawnOptions().Name)).GetState();
        return state.Maps.FirstOrDefault(spawned => spawned.Map == map.ToString())?.LastError is { Length: > 0 } error ? error : "no answer yet";
    }

    private void WriteMap(TextWriter output, MapId map, MapReadiness up, List<string> warnings)
    {
        output.WriteLine($"map {map} {up.Width}x{up.Length} warps={up.Warps}");
        // The same file serves every channel: its warnings are said once.
        foreach (var warning in up.Warnings.Where(warning => !warnings.Contains(warning)))
            warnings.Add(warning);
    }
}
