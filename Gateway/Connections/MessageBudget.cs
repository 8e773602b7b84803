using System.Threading.RateLimiting;

namespace MmoOrleans.Gateway.Connections;

/// <summary>How much one connection may say: token buckets for requests, for moves, and for everything together.</summary>
internal sealed class MessageBudget(ConnectionLimits limits) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly TokenBucketRateLimiter _messages = Bucket(limits.MessagesPerSecond, limits.MessageBurst);
    private readonly TokenBucketRateLimiter _requests = Bucket(limits.RequestsPerSecond, limits.RequestBurst);
    private readonly TokenBucketRateLimiter _moves = Bucket(limits.MovesPerSecond, limits.MoveBurst);

    public bool TakeMessage() => Take(_messages);

    public bool TakeRequest() => Take(_requests);

    public bool TakeMove() => Take(_moves);

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

    private static TokenBucketRateLimiter Bucket(int perSecond, int burst) => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = burst,
        TokensPerPeriod = Math.Max(1, (int)(perSecond * Period.TotalSeconds)),
        ReplenishmentPeriod = Period,
        AutoReplenishment = false,
        QueueLimit = 0,
    });
}
