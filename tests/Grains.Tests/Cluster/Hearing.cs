using Orleans.Concurrency;

namespace MmoOrleans.Grains.Tests.Cluster;

/// <summary>A question that every grain answers between two awaits of a call. It says nothing of other calls: those may come in another order.</summary>
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
