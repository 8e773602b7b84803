namespace MmoOrleans.Bots;

/// <summary>Times in buckets of a tenth of a millisecond up to ten seconds; longer ones count as ten seconds. 400 KB however many samples. Any thread may add.</summary>
internal sealed class LatencyHistogram
{
    private const double BucketsPerMillisecond = 10;
    private const int Buckets = 100_001;

    private readonly int[] _counts = new int[Buckets];
    private long _samples;

    public long Samples => Interlocked.Read(ref _samples);

    public void Add(TimeSpan time)
    {
        var bucket = (int)Math.Clamp(Math.Ceiling(time.TotalMilliseconds * BucketsPerMillisecond), 0, Buckets - 1);
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Increment(ref _samples);
    }

    /// <summary>Forgets all samples.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Interlocked.Exchange(ref _samples, 0);
    }

    /// <summary>The smallest time that this part (0 to 1) of the samples does not exceed; 0 without samples. The bucket's upper edge.</summary>
    public double MillisecondsAt(double part)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(part * Samples));
        var (seen, last) = (0L, 0);
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            if (_counts[bucket] == 0) continue;
            last = bucket;
            seen += _counts[bucket];
            if (seen >= rank) break;
        }

        return last / BucketsPerMillisecond;
    }
}
