using System.Diagnostics.Metrics;
using MmoOrleans.Gateway.Connections;
using MmoOrleans.Gateway.Maps;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Gateway;

/// <summary>What a gateway counts.</summary>
public sealed class GatewayMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "MmoOrleans.Gateway";

    private static readonly InstrumentAdvice<double> Milliseconds = new() { HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 20, 35, 50, 100, 200, 500, 1000] };
    private static readonly InstrumentAdvice<int> BatchSizes = new() { HistogramBucketBoundaries = [0, 1, 10, 50, 100, 250, 500, 1000, 2000, 5000] };

    private readonly Meter _meter;
    private readonly UpDownCounter<int> _connections;
    private readonly Counter<long> _receivedMessages;
    private readonly Counter<long> _receivedBytes;
    private readonly Counter<long> _sentBytes;
    private readonly Counter<long> _sentWrites;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _skippedFrames;
    private readonly Counter<long> _droppedMoves;
    private readonly Counter<long> _malformed;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _disconnects;
    private readonly Counter<long> _logins;
    private readonly Counter<long> _events;
    private readonly Counter<long> _updates;
    private readonly Counter<long> _chatLines;
    private readonly Counter<long> _moves;
    private readonly Histogram<int> _batchSize;
    private readonly Counter<long> _skippedRounds;
    private readonly Histogram<double> _roundDuration;

    public GatewayMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _connections = _meter.CreateUpDownCounter<int>("mmo.gateway.connections", "{connection}", "Open client connections");
        _receivedMessages = _meter.CreateCounter<long>("mmo.gateway.received.messages", "{message}", "Messages that came from clients");
        _receivedBytes = _meter.CreateCounter<long>("mmo.gateway.received.bytes", "By", "Bytes of messages that came from clients");
        _sentBytes = _meter.CreateCounter<long>("mmo.gateway.sent.bytes", "By", "Bytes sent to clients");
        _sentWrites = _meter.CreateCounter<long>("mmo.gateway.sent.writes", "{write}", "Writes in which bytes left for clients");
        _frames = _meter.CreateCounter<long>("mmo.gateway.frames", "{frame}", "Map frames queued for clients");
        _skippedFrames = _meter.CreateCounter<long>("mmo.gateway.frames.skipped", "{frame}", "Map frames that single clients did not get: the one before had not left, or nobody got that tick's");
        _droppedMoves = _meter.CreateCounter<long>("mmo.gateway.moves.dropped", "{move}", "Moves over a connection's limit");
        _malformed = _meter.CreateCounter<long>("mmo.gateway.malformed", "{message}", "Connections closed for bytes that are no message");
        _refusals = _meter.CreateCounter<long>("mmo.gateway.refusals", "{request}", "Requests refused, by code");
        _disconnects = _meter.CreateCounter<long>("mmo.gateway.disconnects", "{connection}", "Connections closed by the gateway, by code");
        _logins = _meter.CreateCounter<long>("mmo.gateway.logins", "{login}", "Logins, with a password or a token");
        _events = _meter.CreateCounter<long>("mmo.gateway.events", "{event}", "Map events sent to clients");
        _skippedRounds = _meter.CreateCounter<long>("mmo.gateway.rounds.skipped", "{round}", "Ticks of a map of which no viewer of a feed got a frame, because the one before was late or took too long");
        _roundDuration = _meter.CreateHistogram("mmo.gateway.round.duration", "ms", "Time that a feed took to serve all its viewers once", advice: Milliseconds);
        _updates = _meter.CreateCounter<long>("mmo.gateway.updates", "{update}", "Entity states told to clients: one entity in one client's frame");
        _chatLines = _meter.CreateCounter<long>("mmo.gateway.chat.lines", "{line}", "Chat lines told to clients: one line to one client");
        _moves = _meter.CreateCounter<long>("mmo.gateway.moves", "{move}", "Players' inputs passed on to maps, the newest of each player");
        _batchSize = _meter.CreateHistogram("mmo.gateway.batch.size", "{move}", "Inputs in one batch to a map", advice: BatchSizes);
    }

    /// <summary>What waits in the queues of the open connections: looked at when somebody reads the metrics, and at no other time.</summary>
    internal void Watch(ClientConnections connections)
    {
        _meter.CreateObservableGauge("mmo.gateway.send.waiting", () => connections.All.Sum(one => (long)one.WaitingBytes), "By", "Bytes that wait to be sent, of all connections");
        _meter.CreateObservableGauge("mmo.gateway.send.waiting.most", () => connections.All.Select(one => one.WaitingBytes).DefaultIfEmpty().Max(), "By", "Bytes that wait to be sent to the client that takes least");
        _meter.CreateObservableGauge("mmo.gateway.requests.waiting", () => connections.All.Sum(one => (long)one.WaitingRequests), "{request}", "Requests that wait for the one before, of all connections");
    }

    /// <summary>What waits in the feeds.</summary>
    internal void Watch(MapFeeds feeds) =>
        _meter.CreateObservableGauge("mmo.gateway.feeds.waiting", () => feeds.WaitingFrames, "{frame}", "Frames of maps that wait for their feed");

    public void Opened() => _connections.Add(1);

    public void Closed() => _connections.Add(-1);

    public void Received(long bytes)
    {
        _receivedMessages.Add(1);
        _receivedBytes.Add(bytes);
    }

    public void Sent(int bytes)
    {
        _sentWrites.Add(1);
        _sentBytes.Add(bytes);
    }

    /// <summary>A share of the viewers was served: counted together, not one by one.</summary>
    public void Served(int frames, long updates, int skipped)
    {
        _frames.Add(frames);
        _updates.Add(updates);
        _skippedFrames.Add(skipped); // A zero too: what was never counted is not on the page.
    }

    public void BatchSent(int moves)
    {
        _moves.Add(moves);
        _batchSize.Record(moves);
    }

    public void ChatTold(int lines) => _chatLines.Add(lines);

    /// <summary>A feed served all its viewers once, and left out rounds that would have come too late.</summary>
    public void RoundServed(TimeSpan took, int viewers, int skipped)
    {
        _roundDuration.Record(took.TotalMilliseconds);
        _skippedRounds.Add(skipped);
        _skippedFrames.Add((long)skipped * viewers);
    }

    public void MoveDropped() => _droppedMoves.Add(1);

    public void Malformed() => _malformed.Add(1);

    public void Refused(RefusalCode code) => _refusals.Add(1, Code(code));

    public void Disconnected(RefusalCode code) => _disconnects.Add(1, Code(code));

    public void LoggedIn() => _logins.Add(1);

    public void EventsSent(int count) => _events.Add(count);

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Code(RefusalCode code) => new("code", code);
}
