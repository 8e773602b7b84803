using MmoOrleans.Benchmarks.Load.Scenarios;

namespace MmoOrleans.Benchmarks.Load;

/// <summary>All scenarios, in the order in which they run.</summary>
internal static class Catalogue
{
    public static readonly IReadOnlyList<Scenario> Scenarios = [new Walk(), new Remote(), new Cluster(), new Crowd(), new Talk(), new Slow(), new Overload(), new Idle(), new Spawn(), new Join()];
}
