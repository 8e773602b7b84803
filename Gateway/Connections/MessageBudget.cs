using System.Threading.RateLimiting;

namespace MmoOrleans.Gateway.Connections;

/// <summary>How much one connection may say: token buckets for requests, for moves, and for everything together.</summary>
internal sealed class MessageBudget(ConnectionLimits limits) : IDisposable
{
    private const int BytesPerPermit = 512;

    private readonly TokenBucketRateLimiter _messages = new(Refilling(limits.MessagesPerSecond, limits.MessageBurst));
    private readonly TokenBucketRateLimiter _requests = new(Refilling(limits.RequestsPerSecond, limits.RequestBurst));
    private readonly TokenBucketRateLimiter _moves = new(Refilling(limits.MovesPerSecond, limits.MoveBurst));

    /// <summary>Parsing costs by length, so a message that is long counts as several.</summary>
    public bool TakeMessage(long bytes) => Take(_messages, 1 + (int)(bytes / BytesPerPermit));

    public bool TakeRequest() => Take(_requests);

    public bool TakeMove() => Take(_moves);

    /// <summary>One token a period, so that every whole rate is kept exactly.</summary>
    public static TokenBucketRateLimiterOptions Refilling(int perSecond, int burst) => new()
    {
        TokenLimit = burst,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1) / perSecond,
        AutoReplenishment = false,
        QueueLimit = 0,
    };

    public void Dispose()
    {
        _messages.Dispose();
        _requests.Dispose();
        _moves.Dispose();
    }

    // Refilled when asked: a timer per bucket would be three timers per connection.
    private static bool Take(TokenBucketRateLimiter bucket, int permits = 1)
    {
        bucket.TryReplenish();
        using var lease = bucket.AttemptAcquire(permits);
        return lease.IsAcquired;
    }
}
