using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using MmoOrleans.Gateway.Connections;

namespace MmoOrleans.Gateway.Tests.Fakes;

/// <summary>A gateway on real ports of this machine over a fake cluster.</summary>
public sealed class ListeningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<IDisposable> _sockets = [];

    private ListeningGateway(WebApplication app, FakeWorld world)
    {
        (_app, World) = (app, world);
        Counts = new Counts(app.Services.GetRequiredService<IMeterFactory>());
    }

    public Counts Counts { get; }

    /// <summary>How many clients have a seat.</summary>
    public int Connections => _app.Services.GetRequiredService<ClientConnections>().Count;

    public FakeWorld World { get; }

    public GatewayListeners Listeners => _app.Services.GetRequiredService<GatewayListeners>();

    public static async Task<ListeningGateway> Start(Action<GatewayOptions>? configure = null, TimeProvider? time = null)
    {
        var options = new GatewayOptions { ListenAddress = IPAddress.Loopback, GamePort = 0, HttpPort = 0 };
        configure?.Invoke(options);
        var world = new FakeWorld();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton(FakeGrains.Of(world)).AddGateway(options);
        var app = builder.Build();
        app.MapGateway();
        await app.StartAsync();
        return new ListeningGateway(app, world);
    }

    /// <param name="secure">Over TLS.</param>
    /// <param name="holds">What the client's system holds for it, in bytes; null: as much as it likes.</param>
    public async Task<TestClient> ConnectTcp(bool secure = false, int? holds = null)
    {
        var socket = new TcpClient();
        if (holds is { } bytes)
            socket.ReceiveBufferSize = bytes;
        _sockets.Add(socket);
        await socket.ConnectAsync(IPAddress.Loopback, Listeners.GamePort);
        var stream = secure ? await Secure(socket.GetStream()) : socket.GetStream();
        return new TestClient(new StreamPipes(stream), Task.CompletedTask);
    }

    public async Task<ClientWebSocket> ConnectWebSocket(bool secure = false)
    {
        var socket = new ClientWebSocket();
        _sockets.Add(socket);
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        await socket.ConnectAsync(new Uri($"{(secure ? "wss" : "ws")}://127.0.0.1:{Listeners.HttpPort}/ws"), CancellationToken.None);
        return socket;
    }

    public Task Stop() => _app.StopAsync();

    /// <summary>Completes when so many clients are connected; there is nothing that tells, so it looks.</summary>
    public async Task Connected(int clients)
    {
        var connections = _app.Services.GetRequiredService<ClientConnections>();
        while (connections.Count != clients)
            await Task.Delay(1);
    }

    public async ValueTask DisposeAsync()
    {
        Counts.Dispose();
        foreach (var socket in _sockets)
            socket.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<Stream> Secure(Stream stream)
    {
        var secure = new SslStream(stream, leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync("localhost");
        return secure;
    }
}
