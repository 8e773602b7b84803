using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Tests.Accounts;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Characters;

/// <summary>One character's grain between a store and maps that a test has in hand, in a time that the test moves.</summary>
public abstract class CharacterStage : IAsyncLifetime
{
    private protected static readonly MapId Home = new("1", "Map001");
    private protected static readonly MapId Away = new("1", "Map002");
    private protected static readonly Pose Here = new(new Position(12.5f, 0, 3.25f), 64);
    private protected static readonly Pose There = new(new Position(1, 0, 2), 0);

    private GrainCluster _cluster = null!;

    private protected GrainCluster Cluster => _cluster;

    private protected ClusterClock Time { get; } = new();

    private protected FakeMaps Maps { get; } = new();

    private protected CharacterId Id { get; } = CharacterId.New();

    private protected AccountId Account { get; } = AccountId.New();

    private protected StorageFaults Storage => _cluster.Storage;

    private protected ICharacterGrain Character => _cluster.Grains.GetGrain<ICharacterGrain>(Id.Value);

    private protected ICharacterKeeping Keeping => _cluster.Grains.GetGrain<ICharacterKeeping>(Id.Value);

    public async ValueTask InitializeAsync() => _cluster = await Start(beside: null);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected virtual void Configure(ISiloBuilder silo) => silo.Services.AddSingleton<IMapCalls>(Maps);

    /// <summary>Another cluster on the same store and maps, which knows nothing of the first.</summary>
    private protected Task<GrainCluster> BesideThis() => Start(_cluster);

    private protected Task<Answer<MapTicket>> Select(string channel = "1", Fence? entered = null) => Character.Select(Selection(channel, entered));

    private protected CharacterSelection Selection(string channel, Fence? entered = null) =>
        new(Account, new CharacterListed(Id, "Zoë", new byte[] { 1, 2, 3 }, Time.GetUtcNow(), null), channel, Entered: entered);

    private protected Task<Answer<Admission>> Admit(MapTicket ticket) => Character.Admit(Account, new TicketPass(ticket.Ticket));

    private protected Task<Answer<Admission>> Resume(Admission admission) => Character.Admit(Account, new ResumePass(admission.ResumeToken));

    /// <summary>Selects, is admitted and plays.</summary>
    private protected async Task<Admission> Enter(string channel = "1")
    {
        var admission = (await Admit((await Select(channel)).Value())).Value();
        Maps.Play(admission, tick: 0);
        return admission;
    }

    private protected Task Deactivate() => _cluster.Deactivate(Character);

    /// <summary>Lets time pass until the task has ended, slowly enough for grains on a busy machine to set their timers and to answer in it.</summary>
    private protected async Task<T> Passing<T>(Task<T> task)
    {
        await Wait.Until(() => Passed(task), "the call to end while time passes");
        return await task;
    }

    private protected int Changes() => Storage.Writes(CharacterRecord.State);

    private protected async Task Passing(Task task)
    {
        await Wait.Until(() => Passed(task), "the call to end while time passes");
        await task;
    }

    private Task<GrainCluster> Start(GrainCluster? beside) => GrainCluster.Start(options =>
    {
        options.Time = Time;
        options.Silos = 1;
        options.Silo = Configure;
        options.Beside = beside;
    });

    private bool Passed(Task task)
    {
        if (!task.IsCompleted) Time.Advance(TimeSpan.FromMilliseconds(20));
        return task.IsCompleted;
    }
}
