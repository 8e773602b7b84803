using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Transports;

namespace MmoOrleans.Sdk.Connections;

/// <summary>Why a connection ended.</summary>
/// <param name="Cause">Who or what ended it.</param>
/// <param name="Code">The server's reason; <see cref="ErrorCode.None"/> when the client ended it as asked.</param>
/// <param name="Sentence">For people.</param>
/// <param name="RetryAfter">Above zero: the server asks to connect again after this time.</param>
public sealed record DisconnectReason(DisconnectCause Cause, ErrorCode Code, string Sentence, TimeSpan RetryAfter = default)
{
    /// <summary>Where to go instead, when the server said so.</summary>
    internal IReadOnlyList<ServerEndpoint> OtherGateways { get; init; } = [];

    /// <summary>True when this character may come back by itself: the loss was an accident, or the server is closing for maintenance.</summary>
    public bool MayResume => Cause switch
    {
        DisconnectCause.ConnectionLost or DisconnectCause.ServerSilent => true,
        DisconnectCause.ServerClosed => Code is ErrorCode.ServerClose or ErrorCode.IdleTimeout or ErrorCode.SlowReader or ErrorCode.RetryLater
            or ErrorCode.ServerBusy or ErrorCode.ServiceNotAvailable or ErrorCode.InternalServerError,
        _ => false,
    };

    internal static DisconnectReason Asked { get; } = new(DisconnectCause.Requested, ErrorCode.None, "As asked.");

    internal static DisconnectReason EnteringMap { get; } = new(DisconnectCause.EnteringMap, ErrorCode.None, "The character enters a map.");

    internal static DisconnectReason Warping { get; } = new(DisconnectCause.Warping, ErrorCode.None, "The character warps to another map.");

    internal static DisconnectReason Lost(string sentence) => new(DisconnectCause.ConnectionLost, ErrorCode.ServiceNotAvailable, sentence);

    internal static DisconnectReason Malformed(string sentence) => new(DisconnectCause.Malformed, ErrorCode.InvalidMessage, sentence);
}

/// <summary>Who or what ended a connection.</summary>
public enum DisconnectCause
{
    /// <summary>The caller.</summary>
    Requested,

    /// <summary>The client, on its way from Central to a map.</summary>
    EnteringMap,

    /// <summary>The client, on its way from one map to another.</summary>
    Warping,

    /// <summary>The server, which said why.</summary>
    ServerClosed,

    /// <summary>The network, or a server that ended without a word.</summary>
    ConnectionLost,

    /// <summary>The client, because nothing came from the server for too long.</summary>
    ServerSilent,

    /// <summary>The client, because the server sent what is no message.</summary>
    Malformed,
}
