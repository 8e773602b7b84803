namespace MmoOrleans.Gateway.Connections;

/// <summary>How much one connection may say: token buckets for requests, for moves, and for everything together. Used by its reader alone.</summary>
internal sealed class MessageBudget(ConnectionLimits limits, TimeProvider time)
{
    private const int BytesPerToken = 512;

    private TokenBucket _messages;
    private TokenBucket _requests;
    private TokenBucket _moves;

    /// <summary>Parsing costs by length, so a message that is long counts as several.</summary>
    public bool TakeMessage(long bytes) =>
        _messages.Take(new BucketSize(limits.MessagesPerSecond, limits.MessageBurst), time, 1 + (int)(bytes / BytesPerToken));

    public bool TakeRequest() => _requests.Take(new BucketSize(limits.RequestsPerSecond, limits.RequestBurst), time);

    public bool TakeMove() => _moves.Take(new BucketSize(limits.MovesPerSecond, limits.MoveBurst), time);
}
