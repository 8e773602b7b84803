using MmoOrleans.Sdk.Connections;
using MmoOrleans.Sdk.Delivery;
using MmoOrleans.Sdk.Timing;

namespace MmoOrleans.Sdk.Tests.Fakes;

/// <summary>A client in a game loop that a test turns by hand, a gateway in memory, a clock that stands still, and what happened.</summary>
public sealed class Story : IDisposable
{
    private TimeSpan _now = TimeSpan.FromHours(1);

    public Story(Func<MmoClientOptions, MmoClientOptions>? change = null)
    {
        var options = new MmoClientOptions { Delivery = EventDelivery.Pump, Clock = new PumpedClock(() => _now), CreateTransport = Gateway.Create, Seed = 1 };
        Client = new MmoClient(change?.Invoke(options) ?? options);
        Listen();
    }

    public FakeGateway Gateway { get; } = new();

    public MmoClient Client { get; }

    /// <summary>What happened by itself, in order.</summary>
    public List<string> Events { get; } = [];

    public static Story AtCentral(Func<MmoClientOptions, MmoClientOptions>? change = null)
    {
        var story = new Story(change);
        story.Play(story.Client.ConnectCentralAsync("central", 7000)).OrThrow();
        return story;
    }

    public static Story LoggedIn(Func<MmoClientOptions, MmoClientOptions>? change = null)
    {
        var story = AtCentral(change);
        story.Play(story.Client.LoginAsync("ada", "secret")).OrThrow();
        return story;
    }

    public static Story OnMap(Func<MmoClientOptions, MmoClientOptions>? change = null)
    {
        var story = LoggedIn(change);
        story.Play(story.Client.SelectAndEnterAsync(FakeGateway.Id("barone"))).OrThrow();
        story.Events.Clear();
        return story;
    }

    /// <summary>Pumps until the task has ended. Time does not pass.</summary>
    public T Play<T>(Task<T> task)
    {
        for (var pumps = 0; !task.IsCompleted; pumps++)
        {
            Assert.True(pumps < 200, $"The task has not ended after {pumps} pumps. Events: {string.Join(", ", Events)}. Received: {string.Join(", ", Gateway.Received.Select(one => one.CommandCase))}");
            Settle();
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Lets everything happen that needs no time. The fake's awaits come back to the loop, so one turn does it.</summary>
    public void Settle() => Client.Pump();

    /// <summary>What the game was told when its time on maps was over.</summary>
    public DisconnectReason? WhyStopped { get; private set; }

    /// <summary>Lets time pass, a twentieth of a second per turn.</summary>
    public void Pass(double seconds)
    {
        for (var turn = 0; turn < seconds * 20; turn++)
        {
            _now += TimeSpan.FromMilliseconds(50);
            Gateway.NowMs += 50;
            Settle();
        }
    }

    /// <summary>Lets time pass until the task has ended, at most this long.</summary>
    public T PassUntil<T>(Task<T> task, double seconds = 60)
    {
        for (var turn = 0; !task.IsCompleted; turn++)
        {
            Assert.True(turn < seconds * 20, $"The task has not ended after {seconds} s. Events: {string.Join(", ", Events)}");
            Pass(0.05);
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>The server's clock as the client guesses it.</summary>
    public TimeSpan ServerNow() => Client.World.Clock.At(_now);

    /// <summary>A pause of the whole game: the clock jumps and nothing was pumped meanwhile.</summary>
    public void Freeze(double seconds) => _now += TimeSpan.FromSeconds(seconds);

    public void Dispose() => Client.Dispose();

    private void Listen()
    {
        Client.CentralConnected += at => Events.Add($"central connected {at.Host}");
        Client.CentralDisconnected += reason => Events.Add($"central disconnected {reason.Cause}");
        Client.CentralStopped += () => Events.Add("central stopped");
        Client.MapConnected += at => Events.Add($"map connected {at.Host}");
        Client.MapDisconnected += reason => Events.Add($"map disconnected {reason.Cause}");
        Client.MapStopped += why =>
        {
            WhyStopped = why;
            Events.Add("map stopped");
        };
        Client.Spawned += visit => Events.Add($"spawned {visit.Map}");
        Client.Resumed += visit => Events.Add($"resumed {visit.Map}");
        Client.Warping += to => Events.Add($"warping {to.Map}");
        Client.Warped += visit => Events.Add($"warped {visit.Map}");
        Client.WarpRefused += refusal => Events.Add($"warp refused {refusal.ToMap} {refusal.Code}");
        Client.Teleported += position => Events.Add($"teleported {position.X} {position.Z}");
        Client.Corrected += correction => Events.Add($"corrected {correction.Code}");
        Client.Entered += entity => Events.Add($"entered {entity.Name}");
        Client.Left += entity => Events.Add($"left {entity.Name}");
        Client.Heard += line => Events.Add($"heard {line.Kind} {line.From}: {line.Text}");
        Client.ChatSkipped += skipped => Events.Add($"skipped {skipped.Lines}");
        Client.GameReceived += game => Events.Add($"game {game.Kind}");
        Client.GameRefused += refused => Events.Add($"game refused {refused.Code}");
        Client.Kicked += reason => Events.Add($"kicked {reason.Code}");
    }
}
