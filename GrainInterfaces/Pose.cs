namespace MmoOrleans.GrainInterfaces;

/// <summary>A place on a map in metres: x to the right, y up, z down the map. One tile is one metre.</summary>
[GenerateSerializer, Immutable, Alias("mmo.Position")]
public readonly record struct Position([property: Id(0)] float X, [property: Id(1)] float Y, [property: Id(2)] float Z)
{
    public bool IsFinite => float.IsFinite(X) && float.IsFinite(Y) && float.IsFinite(Z);

    /// <summary>Distance over the ground, height left out.</summary>
    public float GroundDistanceTo(Position other) => MathF.Sqrt(((X - other.X) * (X - other.X)) + ((Z - other.Z) * (Z - other.Z)));
}

/// <summary>Where somebody stands and looks. The heading is in 1/256 turns, 0 along +z, growing towards +x.</summary>
[GenerateSerializer, Immutable, Alias("mmo.Pose")]
public readonly record struct Pose([property: Id(0)] Position Position, [property: Id(1)] byte Heading);
