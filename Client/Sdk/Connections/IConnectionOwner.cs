using MmoOrleans.Protocol;

namespace MmoOrleans.Sdk.Connections;

/// <summary>The client, as its connection sees it.</summary>
internal interface IConnectionOwner
{
    /// <summary>Every fact, in order, before the request it may answer ends.</summary>
    void OnFact(Connection connection, ServerMessage message);

    /// <summary>A ping came back.</summary>
    void OnPong(TimeSpan sentAt, TimeSpan serverTime);

    /// <summary>Once, when the connection ended without <see cref="Connection.Close(DisconnectReason)"/>.</summary>
    void OnLost(Connection connection, DisconnectReason reason);
}
