namespace MmoOrleans.Sdk.Maps;

/// <summary>
/// The last few poses of one entity with the server's times, and where it was in between. Frames tell only changes, so silence
/// means that it stood still: when news comes after a pause, the track first notes that it stood there until one frame before.
/// </summary>
internal sealed class PoseTrack
{
    /// <summary>At 20 frames a second 400 ms: more than any sensible interpolation delay.</summary>
    private const int Most = 8;

    private readonly (TimeSpan At, Pose Pose)[] _poses = new (TimeSpan, Pose)[Most];
    private int _count;

    public Pose Latest => _count == 0 ? default : _poses[_count - 1].Pose;

    public void Add(TimeSpan at, Pose pose, TimeSpan frameInterval)
    {
        if (_count > 0)
        {
            var last = _poses[_count - 1];
            if (at <= last.At) return;
            if (at - last.At > frameInterval * 2) Push(at - frameInterval, last.Pose);
        }

        Push(at, pose);
    }

    /// <summary>Forgets the way here: a jump is not walked.</summary>
    public void Jump(TimeSpan at, Pose pose)
    {
        _count = 0;
        Push(at, pose);
    }

    /// <summary>Between the two poses around this time; the oldest before them, the latest after.</summary>
    public Pose At(TimeSpan time)
    {
        for (var later = 0; later < _count; later++)
        {
            if (_poses[later].At < time) continue;
            return later == 0 ? _poses[0].Pose : Between(_poses[later - 1], _poses[later], time);
        }

        return Latest;
    }

    private static Pose Between((TimeSpan At, Pose Pose) from, (TimeSpan At, Pose Pose) to, TimeSpan time) =>
        Pose.Between(from.Pose, to.Pose, (float)((time - from.At).TotalSeconds / (to.At - from.At).TotalSeconds));

    private void Push(TimeSpan at, Pose pose)
    {
        if (_count == Most) Array.Copy(_poses, 1, _poses, 0, --_count);
        _poses[_count++] = (at, pose);
    }
}
