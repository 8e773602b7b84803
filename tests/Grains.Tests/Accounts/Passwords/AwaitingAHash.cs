using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.Grains.Accounts.Passwords;
using MmoOrleans.Grains.Tests.Cluster;

namespace MmoOrleans.Grains.Tests.Accounts.Passwords;

public class AwaitingAHash
{
    [Fact]
    public async Task A_grain_goes_on_in_its_own_scheduler_and_others_are_answered_meanwhile()
    {
        var algorithm = new GatedAlgorithm();
        using var hashing = new PasswordHashing(algorithm, new PasswordOptions { Workers = 1 }, TimeProvider.System);
        await using var cluster = await GrainCluster.Start(options =>
        {
            options.Silos = 1;
            options.Silo = silo => silo.Services.AddSingleton<IPasswordHashing>(hashing);
        });
        var asked = cluster.Grains.GetGrain<IHashingGrain>("hashing:one").HashInTurn("secret");
        await algorithm.UntilBegun();
        await Wait.In(cluster.Grains.GetGrain<IHashingGrain>("hashing:other").Idle(), "a grain that hashes nothing");
        algorithm.Let();
        Assert.True(await Wait.In(asked, "the grain that hashes"));
    }
}

/// <summary>Hashes on behalf of a test.</summary>
[Alias("mmo.tests.hashing")]
public interface IHashingGrain : IGrainWithStringKey
{
    /// <summary>Whether the code after the hash ran in the scheduler of the code before it.</summary>
    [Alias("HashInTurn")]
    Task<bool> HashInTurn(string password);

    [Alias("Idle")]
    Task<bool> Idle();
}

[GrainType("tests-hashing")]
public sealed class HashingGrain(IPasswordHashing hashing) : Grain, IHashingGrain
{
    public async Task<bool> HashInTurn(string password)
    {
        var before = TaskScheduler.Current;
        var hashed = await hashing.Hash(password);
        return hashed is PasswordHashed.Hashed && TaskScheduler.Current == before && before != TaskScheduler.Default;
    }

    public Task<bool> Idle() => Task.FromResult(true);
}
