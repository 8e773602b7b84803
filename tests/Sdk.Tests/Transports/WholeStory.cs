using System.Collections.Concurrent;
using MmoOrleans.Protocol;
using MmoOrleans.Sdk.Maps;
using MmoOrleans.Sdk.Tests.Fakes;

namespace MmoOrleans.Sdk.Tests.Transports;

/// <summary>Everything at once as a game without a loop has it: real sockets, real time, no context.</summary>
public sealed class WholeStory : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeGateway _gateway = new();
    private readonly TcpBridge _bridge;
    private readonly MmoClient _client;
    private readonly BlockingCollection<string> _events = [];

    public WholeStory()
    {
        _bridge = new TcpBridge(_gateway);
        _gateway.Port = _bridge.Port;
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        _client = new MmoClient();
        SynchronizationContext.SetSynchronizationContext(before);
        _client.Warped += visit => _events.Add($"warped {visit.Map}");
        _client.Resumed += visit => _events.Add($"resumed {visit.Map}");
        _client.Heard += line => _events.Add($"heard {line.Text}");
        _client.MapDisconnected += reason => _events.Add($"map disconnected {reason.Cause}");
    }

    public void Dispose()
    {
        _client.Dispose();
        _bridge.Dispose();
    }

    [Fact]
    public async Task From_login_over_walking_warping_and_a_cut_to_the_character_list()
    {
        (await _client.ConnectCentralAsync("127.0.0.1", _bridge.Port).WaitAsync(Patience)).OrThrow();
        (await _client.LoginAsync("ada", "secret").WaitAsync(Patience)).OrThrow();
        (await _client.SelectAndEnterAsync(FakeGateway.Id("barone")).WaitAsync(Patience)).OrThrow();

        _gateway.AcknowledgeMoves();
        Assert.IsType<WalkEnd.Arrived>((await _client.WalkToAsync(13.5f, 3.5f).WaitAsync(Patience)).OrThrow());

        _gateway.Map = "Map002";
        _gateway.Say(new MapEvent { Warped = new Warped { To = _gateway.ConnectionTo("Map002", "127.0.0.1") } });
        Expect("map disconnected Warping", "warped Map002");

        _gateway.Say(new MapEvent { Said = new Said { Text = "hi" } });
        Expect("heard hi");

        _bridge.Reset();
        Expect("map disconnected ConnectionLost", "resumed Map002");

        (await _client.LeaveMapAsync().WaitAsync(Patience)).OrThrow();
        Assert.Equal("Barone", (await _client.CharactersAsync().WaitAsync(Patience)).OrThrow().Characters[0].Name);
        Assert.Equal(5, _gateway.Connections.Count);
    }

    private void Expect(params string[] happenings)
    {
        foreach (var happening in happenings)
        {
            Assert.True(_events.TryTake(out var next, Patience), $"Nothing happened in place of: {happening}");
            Assert.Equal(happening, next);
        }
    }
}
