namespace MmoOrleans.Sdk.Maps;

/// <summary>
/// The server's clock as the client guesses it: server time minus local time, from the ping with the shortest way of the last
/// eight, because a short way leaves the least to guess. Until the first pong, from the first frame.
/// </summary>
public sealed class ServerClock
{
    private const int Remembered = 8;

    private readonly Queue<(TimeSpan RoundTrip, TimeSpan Offset)> _pings = new();
    private TimeSpan? _offset;

    /// <summary>The way there and back of the last ping; zero before the first.</summary>
    public TimeSpan RoundTrip { get; private set; }

    /// <summary>The server's time at this local time.</summary>
    public TimeSpan At(TimeSpan local) => local + (_offset ?? TimeSpan.Zero);

    internal void Pong(TimeSpan sentAt, TimeSpan receivedAt, TimeSpan serverTime)
    {
        // A server that keeps no clock leaves the time 0; a pong from the future answers nothing of ours.
        RoundTrip = receivedAt - sentAt;
        if (RoundTrip < TimeSpan.Zero || serverTime == TimeSpan.Zero) return;
        if (_pings.Count == Remembered) _pings.Dequeue();
        _pings.Enqueue((RoundTrip, serverTime - sentAt - RoundTrip / 2));
        _offset = _pings.Aggregate(static (best, one) => one.RoundTrip <= best.RoundTrip ? one : best).Offset;
    }

    internal void Frame(TimeSpan receivedAt, TimeSpan serverTime) => _offset ??= serverTime - receivedAt;

    // Another map may run on another machine with another clock.
    internal void Forget()
    {
        _pings.Clear();
        _offset = null;
    }
}
