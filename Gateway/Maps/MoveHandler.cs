using MmoOrleans.Gateway.Connections;
using MmoOrleans.Protocol.Framing;

namespace MmoOrleans.Gateway.Maps;

/// <summary>Keeps the player's newest input for the next batch to the map, which judges it. Never answered.</summary>
internal sealed class MoveHandler
{
    public void Handle(ClientConnection connection, in MoveInput input)
    {
        if (connection.Visit is { } visit)
            visit.Feed.Inputs.Add(visit, input);
    }
}
