namespace MmoOrleans.Sdk.Transports;

/// <summary>
/// One connection that carries whole messages both ways. Implement it for a platform without sockets (a browser, a console) and
/// name it in <see cref="MmoClientOptions.CreateTransport"/>. The client sends one message at a time and receives one at a time;
/// a lost connection is an exception or a closed frame, whichever is natural.
/// </summary>
public interface ITransport : IDisposable
{
    /// <summary>Opens the connection. Called once.</summary>
    Task ConnectAsync(ServerEndpoint endpoint, CancellationToken cancellation);

    /// <summary>Sends one message. The bytes may be used again as soon as the task has ended.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation);

    /// <summary>The next message. Its bytes are valid until the next call. Dispose ends a call that waits.</summary>
    ValueTask<ReceivedFrame> ReceiveAsync(CancellationToken cancellation);
}
