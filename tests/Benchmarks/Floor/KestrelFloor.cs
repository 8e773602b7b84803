using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MmoOrleans.Benchmarks.Floor;

/// <summary>The transport that the gateway uses, with nothing behind it.</summary>
internal sealed class KestrelFloor : IFloorTransport
{
    private readonly Connections _connections = new();
    private WebApplication? _app;

    public async Task<int> Listen()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_connections);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseConnectionHandler<Handler>()));
        _app = builder.Build();
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        return new Uri(addresses.Addresses.First()).Port;
    }

    public void WriteToAll(byte[] frame)
    {
        foreach (var (connection, _) in _connections.All) connection.Write(frame);
    }

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? default;

    private sealed class Connections
    {
        public ConcurrentDictionary<Connection, bool> All { get; } = new();
    }

    private sealed class Connection(PipeWriter output)
    {
        private ValueTask<FlushResult> _leaving = new(default(FlushResult));

        public void Write(byte[] frame)
        {
            if (!_leaving.IsCompleted) return;
            _ = _leaving.GetAwaiter().GetResult();
            frame.CopyTo(output.GetSpan(frame.Length));
            output.Advance(frame.Length);
            _leaving = output.FlushAsync();
        }
    }

    private sealed class Handler(Connections connections) : ConnectionHandler
    {
        public override async Task OnConnectedAsync(ConnectionContext context)
        {
            var connection = new Connection(context.Transport.Output);
            connections.All[connection] = true;
            try
            {
                await Read(context.Transport.Input);
            }
            catch (ConnectionResetException)
            {
                // The clients of a floor go without a word.
            }
            finally
            {
                connections.All.TryRemove(connection, out _);
            }
        }

        private static async Task Read(PipeReader input)
        {
            while (await input.ReadAsync() is { IsCompleted: false } read) input.AdvanceTo(read.Buffer.End);
        }
    }
}
