using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace MmoOrleans.Gateway.Connections;

/// <summary>
/// The game port: lets TCP clients in, with TLS first where there is a certificate. The port is taken before anything else of the host
/// starts, so that one in use ends the start at once; clients are let in when all has started, and wait in the listen queue until then.
/// </summary>
internal sealed class GameListener(
    GatewayListeners listeners, GatewayOptions options, ConnectionAcceptor acceptor, TimeProvider time, ILogger<GameListener> log)
    : IHostedLifecycleService, IDisposable
{
    /// <summary>Connections that the operating system completes before we take them: a whole server's players may come back in one second.</summary>
    private const int ListenQueue = 4096;

    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>When there are no more file handles for example: those who wait are let in when others have gone.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private Socket? _socket;
    private ReadingRounds? _rounds;
    private SslServerAuthenticationOptions? _tls;
    private Task _accepting = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.GameCertificate is { } certificate)
            _tls = new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(certificate.Load(out var chain), chain) };
        _socket = listeners.BindGame();
        _socket.Listen(ListenQueue);
        _rounds = ReadingRounds.Begin();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _accepting = Accept(_socket!);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Those who come while the host stops are told so by <see cref="ClientConnections"/>; after that nobody is let in.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _accepting;
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _rounds?.Dispose();
        _stop.Dispose();
    }

    private async Task Accept(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(_stop.Token);
                ThreadPool.UnsafeQueueUserWorkItem(state => _ = state.Listener.Serve(state.Socket), (Listener: this, Socket: socket), preferLocal: false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The host has stopped.
            }
            catch (SocketException exception)
            {
                GatewayLog.NotAccepted(log, exception.Message);
                await Task.Delay(PauseAfterFailure, time, CancellationToken.None);
            }
        }
    }

    private async Task Serve(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            if (socket.RemoteEndPoint is IPEndPoint { Address: var address })
                await acceptor.Serve(address, () => Open(socket, address));
        }
        catch (SocketException)
        {
            // It was gone before it was in.
        }
        catch (Exception exception)
        {
            GatewayLog.NotServed(log, exception);
        }
        finally
        {
            socket.Dispose();
        }
    }

    private async ValueTask<IFrameTransport?> Open(Socket socket, IPAddress address)
    {
        var line = new ClientSocket(socket, _rounds, takesInElsewhere: _tls is not null);
        return (_tls is null ? line : await Secure(line, _tls)) is { } stream ? new TcpTransport(stream, line, address) : null;
    }

    /// <summary>Null for a peer that does not get through the handshake.</summary>
    private async ValueTask<Stream?> Secure(Stream plain, SslServerAuthenticationOptions tls)
    {
        var secure = new SslStream(plain);
        using var deadline = new CancellationTokenSource(HandshakeTimeout, time);
        try
        {
            await secure.AuthenticateAsServerAsync(tls, deadline.Token);
            return secure;
        }
        catch (Exception exception)
        {
            await secure.DisposeAsync(); // What the handshake holds outside of .NET would else wait for the collector, and the rounds would keep the socket.
            if (exception is not (IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException))
                throw;
            GatewayLog.NoHandshake(log, exception.Message);
            return null;
        }
    }
}
