namespace MmoOrleans.Gateway.Connections;

/// <summary>The ends of a TCP connection that a stream on it does not know.</summary>
internal interface ITcpLine
{
    /// <summary>Ends our half of the connection: the peer reads to the end and then closes.</summary>
    void EndSending();

    /// <summary>Makes the disposal throw away what the operating system still holds for the peer, instead of waiting for the peer to take it.</summary>
    void Drop();
}
