using System.Numerics;

namespace MmoOrleans.Sdk.Maps;

/// <summary>A straight walk over the ground, as steps in time. Slightly slower than allowed, so that jitter is never punished.</summary>
internal sealed class WalkPlan(Vector3 from, Vector3 target, float maxSpeedMetresPerSecond)
{
    private const float PartOfMaxSpeed = 0.95f;

    private readonly Vector3 _way = target - from;
    private readonly float _distance = Vector3.Distance(from, target);
    private readonly float _speed = Math.Max(0.1f, maxSpeedMetresPerSecond * PartOfMaxSpeed);

    public bool IsOverAt(TimeSpan walked) => walked.TotalSeconds * _speed >= _distance;

    public Pose At(TimeSpan walked)
    {
        var part = _distance == 0 ? 1f : Math.Min(1f, (float)(walked.TotalSeconds * _speed / _distance));
        return new Pose(IsOverAt(walked) ? target : from + _way * part, Units.DegreesAlong(_way));
    }
}
