using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Bots.Wire;

/// <summary>
/// A connection of a bot's <c>MmoClient</c>. The client does the whole protocol with it: hello, login, doors, warps, pings. What happens
/// many times a second does not pass through the client, which would build a world with names and interpolation that nobody looks at: frames and
/// lines go to the bot's <see cref="WireEar"/>, and the bot sends its moves itself.
/// </summary>
internal interface IWire : ITransport
{
    /// <summary>Sends a move at once. False when the one before has not left yet; a later one makes up for it.</summary>
    bool TrySend(ReadOnlySpan<byte> move);

    /// <summary>Reads from now on, or does not. Called by the thread that takes the turns.</summary>
    void Listen(bool listens);
}
