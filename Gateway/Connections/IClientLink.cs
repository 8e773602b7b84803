using MmoOrleans.Gateway.Maps;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.Protocol;

namespace MmoOrleans.Gateway.Connections;

/// <summary>The way down to one client, as a map feed uses it. Nothing here waits and nothing throws.</summary>
internal interface IClientLink
{
    ConnectionId Id { get; }

    /// <summary>Whether a map frame would be taken now. A frame that is not taken is made up for by the next.</summary>
    bool TakesFrame { get; }

    /// <summary>Queues a map frame that is encoded behind its length for the next <see cref="Flush"/>. False: it is not taken.</summary>
    bool AddFrame(ReadOnlySpan<byte> frame);

    /// <summary>Queues messages, each encoded behind its length, for the next <see cref="Flush"/>. Must not get lost: a client that cannot take them is closed.</summary>
    void Add(ReadOnlySpan<byte> messages);

    /// <summary>Sends what is queued, in one write.</summary>
    void Flush();

    /// <summary>Sends a message. Must not get lost either.</summary>
    void Send(ServerMessage message);

    /// <summary>The visit is over, the character lives on another map: the client has a few seconds to go there.</summary>
    void MoveOn(Visit visit);

    /// <summary>Tells the client why and closes. Only the first reason counts. Returns at once.</summary>
    void Close(Refusal why);
}
