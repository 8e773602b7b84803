using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Gateways;
using MmoOrleans.GrainInterfaces.Maps;
using MmoOrleans.Grains.Central;

namespace MmoOrleans.Grains.Tests.Central;

/// <summary>Servers as they describe themselves.</summary>
internal static class Servers
{
    internal static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    internal static MapId Id(string map, string channel = "1") => new(channel, map);

    internal static MapServerConnection Map(string map, string key = "key", long incarnation = 0, long activated = 1000, string silo = "S1", string channel = "1") =>
        new(Id(map, channel), new MapAddress([new ClientEndpoint(EndpointTransport.Tcp, "10.0.0.1", 7000, false)]), key, 100, new Fence(incarnation, activated), silo);

    internal static ChatServerConnection ChatServer(string key = "chat", long activated = 1000) =>
        new("chat:global", "10.0.0.1", 11111, key, new Fence(0, activated), "S1");

    internal static GatewayReport Gateway(string silo = "S1", int connections = 0, string host = "10.0.0.1") =>
        new(GatewayId.New(), silo, [new ClientEndpoint(EndpointTransport.Tcp, host, 7000, false)], connections, 100);

    internal static MapHeartbeat Heartbeat(string map, int users, string key = "key", string silo = "S1", string channel = "1") =>
        new(Map(map, key, silo: silo, channel: channel), users);

    internal static SiloReport Report(string silo, params MapHeartbeat[] maps) =>
        new(silo, [.. maps], Guid.Empty, 0, new SilentObserver());

    internal static ServerDirectory Directory(params ConfiguredChannel[] channels) =>
        Directory(["S1", "S2"], channels);

    internal static ServerDirectory Directory(IReadOnlyCollection<string> cluster, params ConfiguredChannel[] channels) =>
        new(Guid.NewGuid(), Noon, channels.Length > 0 ? channels : [new("1", "One", 3), new("2", "Two", 3)], () => cluster);

    internal static DirectoryChanges Everything(Guid central, long version, params MapServerConnection[] maps) =>
        new(central, 0, version, ChatServer(), [.. maps], [], [], []);

    internal static IEnumerable<string> Names(IEnumerable<MapServerConnection> maps) => maps.Select(map => map.Map.Map).Order();

    internal sealed class SilentObserver : IDirectoryObserver
    {
        public Task Changed(DirectoryChanges changes) => Task.CompletedTask;
    }
}
