namespace MmoOrleans.Gateway.Connections;

/// <summary>How fast a bucket fills, and how much it holds.</summary>
internal readonly record struct BucketSize(int PerSecond, int Burst);

/// <summary>
/// A token bucket in eight bytes: all there is to know is when it will be full again. It fills continuously and is looked at only when
/// somebody takes, so it needs no timer. Every connection has three for as long as it is open; the library's
/// <c>TokenBucketRateLimiter</c> is made for queues and waiting, which none of them uses, and holds 190 bytes. Begins full. For one thread at a time.
/// </summary>
internal struct TokenBucket
{
    private long _fullAt;

    /// <summary>Takes that many tokens, or none and answers false. More than it ever holds are never there.</summary>
    public bool Take(BucketSize size, TimeProvider time, int tokens = 1)
    {
        var now = time.GetTimestamp();
        var perToken = time.TimestampFrequency / size.PerSecond;
        var fullAt = Math.Max(_fullAt, now) + (tokens * perToken);
        if (fullAt - now > size.Burst * perToken)
            return false;
        _fullAt = fullAt;
        return true;
    }
}
