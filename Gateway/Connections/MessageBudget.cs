using System.Threading.RateLimiting;

namespace MmoOrleans.Gateway.Connections;

/// <summary>How much one connection may say: token buckets for requests, for moves, and for everything together.</summary>
internal sealed class MessageBudget(ConnectionLimits limits) : IDisposable
{
    private readonly TokenBucketRateLimiter _messages = new(Refilling(limits.MessagesPerSecond, limits.MessageBurst));
    private readonly TokenBucketRateLimiter _requests = new(Refilling(limits.RequestsPerSecond, limits.RequestBurst));
    private readonly TokenBucketRateLimiter _moves = new(Refilling(limits.MovesPerSecond, limits.MoveBurst));

    public bool TakeMessage() => Take(_messages);

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
    private static bool Take(TokenBucketRateLimiter bucket)
    {
        bucket.TryReplenish();
        using var lease = bucket.AttemptAcquire();
        return lease.IsAcquired;
    }
}
