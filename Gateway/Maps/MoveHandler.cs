using MmoOrleans.Gateway.Connections;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Maps;

/// <summary>Keeps the player's newest input for the next batch to the map, which judges it. Never answered.</summary>
internal sealed class MoveHandler
{
    public Task Handle(ClientRequest request, Move command)
    {
        if (request.Connection.Visit is { } visit)
            visit.Feed.Inputs.Add(visit, command);
        return Task.CompletedTask;
    }
}
