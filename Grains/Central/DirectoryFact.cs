using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Central;
using MmoOrleans.GrainInterfaces.Gateways;

namespace MmoOrleans.Grains.Central;

/// <summary>What happened in the directory, for the log.</summary>
internal abstract record DirectoryFact
{
    internal sealed record ChatJoined(ChatServerConnection Chat, int Maps) : DirectoryFact;

    internal sealed record ChatLeft(ChatServerConnection Chat) : DirectoryFact;

    internal sealed record MapSpawnJoined(MapSpawnServerConnection Spawner) : DirectoryFact;

    internal sealed record MapSpawnLeft(MapSpawnServerConnection Spawner) : DirectoryFact;

    internal sealed record MapJoined(MapServerConnection Map, ChatServerConnection? Chat, int Others) : DirectoryFact;

    /// <summary>Taken from a silo's report: this Central is younger than the map.</summary>
    internal sealed record MapTaken(MapServerConnection Map) : DirectoryFact;

    internal sealed record MapSuperseded(MapServerConnection Map, MapServerConnection By) : DirectoryFact;

    internal sealed record MapLeft(MapId Map, string Silo, string Why) : DirectoryFact;

    internal sealed record GatewayJoined(GatewayReport Gateway) : DirectoryFact;

    internal sealed record GatewayLeft(GatewayReport Gateway) : DirectoryFact;
}
