using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Chat;
using MmoOrleans.Grains.Maps.Chat;

namespace MmoOrleans.Grains.Maps.Calls;

/// <summary>
/// Connects a map to the global channel, as a heartbeat, with the connection key that Central was told. While it has players it
/// listens to the channel's stream, asks for the channel's last line now and then, and fetches what it or one of its players missed.
/// </summary>
internal sealed class ChatCalls(MapCalls calls, CentralCalls central, ChatSubscription subscription, string connectionKey)
{
    private static readonly TimeSpan FetchRetry = TimeSpan.FromMilliseconds(250);

    /// <summary>Central tells one silo after another: chat's may hear of a new map a moment after the map's own.</summary>
    private static readonly TimeSpan HeardOfWithin = TimeSpan.FromMilliseconds(100);
    private const int MostEarlyTries = 5;

    private DateTimeOffset _nextHead;
    private DateTimeOffset _nextFetch;
    private DateTimeOffset _lastPlayer;
    private int _earlyTries;
    private bool _isListening;
    private bool _isSubscribed;

    public bool IsConnected { get; private set; }

    /// <summary>When the channel is to hear of the map again.</summary>
    public DateTimeOffset NextConnect { get; private set; }

    /// <summary>A map that stops while it is subscribed is woken again by the next line of chat.</summary>
    public bool IsSubscribed => _isSubscribed || _isListening;

    private ChatFollower Follower => calls.Map.Audience.Follower;

    private IChatChannelGrain Channel => calls.Grains.GetGrain<IChatChannelGrain>(GrainKeys.Chat(ChatAudience.Channel));

    public void Step(DateTimeOffset now)
    {
        Connect(now);
        Listen(now);
        Subscribe();
        if (!_isListening)
            return;
        AskForHead(now);
        Fetch(now);
    }

    /// <summary>A stream event has arrived. Without players it is of no use; the subscription ends in the next step.</summary>
    public void Published(ChatPublished published)
    {
        if (_isListening)
            calls.Map.Audience.Published(published);
    }

    /// <summary>The map knows where the channel is.</summary>
    public bool HasBegun => Follower.Position is not null;

    /// <summary>The channel is here, before somebody speaks.</summary>
    public void Begins(Fence head, DateTimeOffset now)
    {
        Listen(now);
        HeadIs(head);
    }

    /// <summary>
    /// Somebody of this map got a place in the channel's order: what this map hears must come to that. It may be the first that happens
    /// since the first player came.
    /// </summary>
    public void Said(Fence line, DateTimeOffset now)
    {
        Listen(now);
        if (_isListening)
            calls.Map.Audience.Said(line);
    }

    /// <summary>A delivery woke the map by a subscription of an earlier activation.</summary>
    public void Woken() => _isSubscribed = true;

    private void Connect(DateTimeOffset now)
    {
        if (now < NextConnect || !central.IsRegistered || calls.Directory.Chat is null || !(IsConnected || central.IsListed))
            return;
        NextConnect = now + calls.Options.ConnectRetry;
        calls.Outbox.Start(Errand.ConnectChat, () => Channel.Connect(calls.Map.Id, connectionKey), outcome => Connected(outcome, now));
    }

    private void Connected(Outcome<Answer<Fence>> outcome, DateTimeOffset asked)
    {
        Refusal? why = null;
        if (outcome.TryGet(out var answer) && answer.TryGet(out var head, out why))
        {
            Connected(head, asked);
            return;
        }
        IsConnected = false;
        if (why is { Code: RefusalCode.InvalidServerKey } && _earlyTries++ < MostEarlyTries)
        {
            NextConnect = asked + HeardOfWithin;
            return;
        }
        if (why is { Code: RefusalCode.InvalidServerKey })
            central.RegisterAgain();
        MapLog.ChatRefused(calls.Log, calls.Map.Id, ChatAudience.Channel, why?.ToString() ?? outcome.Failure!.Message);
    }

    private void Connected(Fence head, DateTimeOffset asked)
    {
        NextConnect = asked + calls.Options.ChatHeartbeat;
        _earlyTries = 0;
        if (!IsConnected)
            MapLog.ChatConnected(calls.Log, calls.Map.Id, ChatAudience.Channel, head);
        IsConnected = true;
        HeadIs(head);
    }

    /// <summary>From the first player on, until some time after the last.</summary>
    private void Listen(DateTimeOffset now)
    {
        if (calls.Map.Users > 0)
            _lastPlayer = now;
        var listens = calls.Map.Users > 0 || (_isListening && now - _lastPlayer < calls.Options.ChatLinger);
        if (listens == _isListening)
            return;
        _isListening = listens;
        _nextHead = now;
        Follower.Stop();
    }

    private void Subscribe()
    {
        if (_isListening == _isSubscribed || calls.Outbox.IsUnderWay(Errand.Subscribe))
            return;
        if (_isListening)
            calls.Outbox.Start(Errand.Subscribe, subscription.Start, outcome => Subscribed(outcome, true));
        else
            calls.Outbox.Start(Errand.Subscribe, subscription.End, outcome => Subscribed(outcome, false));
    }

    private void Subscribed(Outcome<bool> outcome, bool isSubscribed)
    {
        if (!outcome.TryGet(out _))
            MapLog.ChatRefused(calls.Log, calls.Map.Id, ChatAudience.Channel, outcome.Failure!.Message);
        else if (isSubscribed)
            MapLog.ChatSubscribed(calls.Log, calls.Map.Id, ChatAudience.Channel);
        else
            MapLog.ChatUnsubscribed(calls.Log, calls.Map.Id, ChatAudience.Channel);
        if (outcome.Failure is null)
            _isSubscribed = isSubscribed;
    }

    private void AskForHead(DateTimeOffset now)
    {
        if (now < _nextHead)
            return;
        _nextHead = now + calls.Options.ChatPollEvery;
        calls.Outbox.Start(Errand.Head, Channel.Head, outcome =>
        {
            if (outcome.TryGet(out var head))
                HeadIs(head);
        });
    }

    private void HeadIs(Fence head)
    {
        if (_isListening)
            calls.Map.Audience.HeadIs(head);
    }

    private void Fetch(DateTimeOffset now)
    {
        if (now < _nextFetch)
            return;
        if (Follower is { HasGap: true, Position: { } position } && !calls.Outbox.IsUnderWay(Errand.Repair))
        {
            MapLog.ChatGap(calls.Log, calls.Map.Id, position);
            Fetch(Errand.Repair, position, calls.Map.Audience.Repaired, now);
        }
        if (!calls.Outbox.IsUnderWay(Errand.CatchUp) && calls.Map.Audience.CatchUpFrom is { } from)
            Fetch(Errand.CatchUp, from, history => calls.Map.Audience.CaughtUp(from, history), now);
    }

    private void Fetch(Errand errand, Fence position, Action<ChatHistory> then, DateTimeOffset now) =>
        calls.Outbox.Start(errand, () => Channel.Since(position), outcome =>
        {
            if (outcome.TryGet(out var history))
                then(history);
            else
                _nextFetch = now + FetchRetry;
        });
}
