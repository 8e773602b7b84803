using Orleans.Concurrency;

namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>A question that every grain answers at once, also in the middle of a call: what was sent to it before has come by then.</summary>
[Alias("mmo.tests.IHearing")]
public interface IHearing : IGrainExtension
{
    [Alias("Hear"), AlwaysInterleave]
    Task Hear();
}

internal sealed class Hearing : IHearing
{
    public Task Hear() => Task.CompletedTask;
}
