using MmoOrleans.Gateway.Connections;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Characters;

/// <summary>Characters and tickets as the wire has them.</summary>
internal static class WireCharacters
{
    public static Character ToWire(this CharacterListed character) => new()
    {
        CharacterId = character.Id.Value.ToWire(),
        Name = character.Name,
        Appearance = character.Appearance.ToWire(),
        CreatedUnixMs = (ulong)character.Created.ToUnixTimeMilliseconds(),
        PlayedUnixMs = (ulong)(character.Played?.ToUnixTimeMilliseconds() ?? 0),
    };

    public static MapConnection ToWire(this MapTicket ticket)
    {
        var connection = new MapConnection
        {
            Map = ticket.Map.Map,
            ChannelId = ticket.Map.Channel,
            Instance = ticket.Map.Instance,
            ConnectionKey = ticket.Ticket.ToWire(),
            CharacterId = ticket.Character.Value.ToWire(),
        };
        foreach (var endpoint in ticket.Address.Endpoints)
            connection.Endpoints.Add(endpoint.ToWire());
        return connection;
    }
}
