using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Accounts;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Accounts;

public sealed class DeletingCharacters : IAsyncLifetime
{
    private readonly ClusterClock _time = new();
    private readonly Guid _id = Guid.NewGuid();
    private readonly string _name = Names.New();
    private GrainCluster _cluster = null!;
    private CharacterListed _made = null!;
    private long _epoch;

    private IAccountGrain Account => _cluster.Grains.GetGrain<IAccountGrain>(_id);

    public async ValueTask InitializeAsync()
    {
        _cluster = await GrainCluster.Start(options => options.Time = _time);
        _epoch = (await Account.Login("Barone")).Value().Epoch;
        _made = (await Create()).Value();
        await Wait.Until(() => _cluster.Storage.Writes(CharacterNameRecord.State) == 2, "the name to be confirmed");
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_deleted_character_is_gone_and_its_name_is_free()
    {
        (await Account.DeleteCharacter(_epoch, _made.Id)).Value();
        Assert.Empty((await Account.ListCharacters(_epoch)).Value().Characters);
        (await Create()).Value();
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_deleted()
    {
        (await Account.DeleteCharacter(_epoch, CharacterId.New())).Refused(RefusalCode.CharacterNotFound);
        (await Account.DeleteCharacter(_epoch, _made.Id)).Value();
        (await Account.DeleteCharacter(_epoch, _made.Id)).Refused(RefusalCode.CharacterNotFound);
    }

    [Fact]
    public async Task A_store_that_fails_before_the_list_is_written_deletes_nothing()
    {
        _cluster.Storage.FailNext(AccountRecord.State, CommitPoint.Before);
        (await Account.DeleteCharacter(_epoch, _made.Id)).Refused(RefusalCode.ServiceNotAvailable);
        Assert.Single((await Account.ListCharacters(_epoch)).Value().Characters);
        (await Create()).Refused(RefusalCode.CharacterNameExisted);
    }

    [Fact]
    public async Task A_store_that_loses_its_answer_has_deleted()
    {
        _cluster.Storage.FailNext(AccountRecord.State, CommitPoint.After);
        (await Account.DeleteCharacter(_epoch, _made.Id)).Value();
        (await Create()).Value();
    }

    [Fact]
    public async Task A_name_that_could_not_be_freed_is_freed_by_the_next_activation()
    {
        _cluster.Storage.FailNext(CharacterNameRecord.State, CommitPoint.Before);
        (await Account.DeleteCharacter(_epoch, _made.Id)).Value();
        (await Create()).Refused(RefusalCode.CharacterNameExisted);
        await _cluster.Deactivate(Account);
        await Account.ListCharacters(_epoch);
        await FreedAfterAWhile();
    }

    [Fact]
    public async Task A_name_that_could_not_be_freed_is_freed_after_a_while()
    {
        _cluster.Storage.FailNext(CharacterNameRecord.State, CommitPoint.Before);
        (await Account.DeleteCharacter(_epoch, _made.Id)).Value();
        await FreedAfterAWhile();
    }

    private Task FreedAfterAWhile() => Wait.For(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            return _cluster.Grains.GetGrain<ICharacterNameGrain>(GrainKeys.CharacterName(_name)).Find();
        },
        found => found is null,
        "the name to be free");

    private Task<Answer<CharacterListed>> Create() => Account.CreateCharacter(_epoch, _name, default);
}
