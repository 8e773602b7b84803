using Microsoft.Extensions.DependencyInjection;
using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.GrainInterfaces.Characters;
using MmoOrleans.Grains.Accounts;
using MmoOrleans.Grains.Characters;
using MmoOrleans.Grains.Storage;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;
using Orleans.Storage;

namespace MmoOrleans.Grains.Tests.Accounts;

public sealed class CreatingCharacters : IAsyncLifetime
{
    private readonly ClusterClock _time = new();
    private readonly Guid _id = Guid.NewGuid();
    private readonly string _name = Names.New();
    private GrainCluster _cluster = null!;
    private long _epoch;

    private IAccountGrain Account => _cluster.Grains.GetGrain<IAccountGrain>(_id);

    private ICharacterNameGrain Name => _cluster.Grains.GetGrain<ICharacterNameGrain>(GrainKeys.CharacterName(_name));

    public async ValueTask InitializeAsync()
    {
        _cluster = await GrainCluster.Start(options => options.Time = _time);
        _epoch = (await Account.Login("Barone")).Value().Epoch;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_character_is_listed_and_holds_its_name()
    {
        var made = (await Create()).Value();
        Assert.Equal(made.Id, Assert.Single((await Account.ListCharacters(_epoch)).Value().Characters).Id);
        Assert.Equal(made.Id, await Name.Find());
        await Confirmed();
    }

    [Fact]
    public async Task Of_two_creations_of_one_name_at_once_one_wins()
    {
        var other = await OtherAccount();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(_ => new[] { Create(), other() }));
        Assert.Single(answers, answer => answer is Granted<CharacterListed>);
        Assert.All(answers.OfType<Denied<CharacterListed>>(), denied => Assert.Equal(RefusalCode.CharacterNameExisted, denied.Why.Code));
    }

    [Theory]
    [InlineData(CharacterNameRecord.State, CommitPoint.Before, false)]
    [InlineData(CharacterNameRecord.State, CommitPoint.After, true)]
    [InlineData(AccountRecord.State, CommitPoint.Before, false)]
    [InlineData(AccountRecord.State, CommitPoint.After, true)]
    public async Task A_store_that_fails_once_leaves_a_whole_character_or_none(string state, CommitPoint point, bool made)
    {
        _cluster.Storage.FailNext(state, point);
        Assert.Equal(made, await Create() is Granted<CharacterListed>);
        Assert.Equal(made ? 1 : 0, await Listed());
        _time.Advance(TimeSpan.FromSeconds(31)); // A claim that was left has run out.
        Assert.Equal(!made, await Create() is Granted<CharacterListed>);
        Assert.Equal(1, await Listed());
    }

    [Fact]
    public async Task A_crash_between_claim_and_commit_keeps_the_name_for_thirty_seconds_only()
    {
        await Name.Claim(CharacterId.New(), new AccountId(_id));
        var other = await OtherAccount();
        (await other()).Refused(RefusalCode.CharacterNameExisted);
        _time.Advance(TimeSpan.FromSeconds(31));
        (await other()).Value();
    }

    [Fact]
    public async Task An_account_gets_back_the_name_of_its_own_unfinished_creation()
    {
        var lost = CharacterId.New();
        await Name.Claim(lost, new AccountId(_id));
        _time.Advance(TimeSpan.FromSeconds(31));
        var made = (await Create()).Value(); // Waits for the name, which asks this account meanwhile.
        Assert.NotEqual(lost, made.Id);
        Assert.False((await Account.Owns(lost)).Value());
    }

    [Fact]
    public async Task A_confirmation_that_was_lost_is_made_up_for_when_somebody_wants_the_name()
    {
        _cluster.Storage.FailNext(call => call.State == CharacterNameRecord.State && call.IsChange && _cluster.Storage.Writes(CharacterNameRecord.State) == 2, CommitPoint.Before);
        var made = (await Create()).Value();
        await Wait.Until(() => _cluster.Storage.Writes(CharacterNameRecord.State) == 2, "the confirmation to fail");
        _time.Advance(TimeSpan.FromSeconds(31));
        var other = await OtherAccount();
        (await other()).Refused(RefusalCode.CharacterNameExisted);
        Assert.Equal(made.Id, await Name.Find());
    }

    [Fact]
    public void A_character_is_listed_within_ten_seconds_after_its_claim_or_never()
    {
        Assert.Null(CommitAfter(TimeSpan.FromSeconds(10)));
        Assert.Equal(RefusalCode.ServiceNotAvailable, CommitAfter(TimeSpan.FromSeconds(11))?.Code);
    }

    [Fact]
    public async Task A_name_that_asks_while_the_account_writes_hears_what_was_written()
    {
        using var slow = _cluster.Storage.Hold(AccountRecord.State);
        var creating = Create();
        await Wait.In(slow.Arrived, "the commit to be on its way");
        var id = (await Name.Find())!.Value;
        var asked = Account.Owns(id);
        slow.Release();
        Assert.Equal(id, (await creating).Value().Id);
        Assert.True((await asked).Value());
    }

    [Fact]
    public async Task A_creation_that_is_called_off_before_its_name_is_asked_for_makes_nothing()
    {
        var other = await OtherAccount();
        await _cluster.Deactivate(Account);
        using var slow = _cluster.Storage.HoldNext(call => !call.IsChange && call.Grain == Account.GetGrainId());
        await CallOffCreation(slow);
        slow.Release();
        Assert.Equal(0, await Listed());
        (await other()).Value();
    }

    [Fact]
    public async Task One_that_is_called_off_later_is_made_all_the_same()
    {
        using var slow = _cluster.Storage.Hold(CharacterNameRecord.State);
        await CallOffCreation(slow);
        slow.Release();
        Assert.Equal(1, await Listed());
        await Confirmed();
    }

    [Fact]
    public async Task A_character_whose_name_was_given_away_is_never_listed()
    {
        using var slow = _cluster.Storage.Hold(CharacterNameRecord.State, CommitPoint.After);
        var creating = Create();
        var claim = await Wait.In(slow.Arrived, "the claim to be written");
        Assert.False((await Account.Owns(await Claimer())).Value());
        slow.Release();
        (await creating).Refused(RefusalCode.ServiceNotAvailable);
        Assert.Equal(0, await Listed());
        await Wait.For(() => Name.Find(), found => found is null, "the name to be free");
        Assert.Equal(Name.GetGrainId(), claim.Grain);
    }

    [Fact]
    public async Task Slots_are_counted_on_the_server()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Account.CreateCharacter(_epoch, _name + number, default)));
        Assert.Equal(5, answers.Count(answer => answer is Granted<CharacterListed>));
        Assert.All(answers.OfType<Denied<CharacterListed>>(), denied => Assert.Equal(RefusalCode.CharacterSlotsFull, denied.Why.Code));
        Assert.Equal(5, (await Account.ListCharacters(_epoch)).Value().MaxCharacters);
    }

    [Fact]
    public async Task Names_and_appearance_are_checked_before_anything_is_claimed()
    {
        _cluster.Storage.ForgetCalls();
        (await Account.CreateCharacter(_epoch, "GameMaster", default)).Refused(RefusalCode.InvalidCharacterName);
        (await Account.CreateCharacter(_epoch, "two words", default)).Refused(RefusalCode.InvalidCharacterName);
        (await Account.CreateCharacter(_epoch, "ok", new byte[1025])).Refused(RefusalCode.InvalidCharacterData);
        (await Account.CreateCharacter(_epoch + 1, _name, default)).Refused(RefusalCode.AccountLoggedInByOther);
        Assert.Empty(_cluster.Storage.Calls);
    }

    [Fact]
    public async Task An_older_login_makes_deletes_and_plays_nothing()
    {
        var made = (await Create()).Value();
        await Account.Login("Barone");
        (await Account.ListCharacters(_epoch)).Refused(RefusalCode.AccountLoggedInByOther);
        (await Account.CreateCharacter(_epoch, _name + "x", default)).Refused(RefusalCode.AccountLoggedInByOther);
        (await Account.DeleteCharacter(_epoch, made.Id)).Refused(RefusalCode.AccountLoggedInByOther);
        (await Account.PlayCharacter(_epoch, made.Id)).Refused(RefusalCode.AccountLoggedInByOther);
    }

    [Fact]
    public async Task The_character_played_last_is_listed_first()
    {
        var first = (await Account.CreateCharacter(_epoch, _name + "1", new byte[] { 1, 2 })).Value();
        _time.Advance(TimeSpan.FromSeconds(1));
        var second = (await Account.CreateCharacter(_epoch, _name + "2", default)).Value();
        Assert.Equal([second.Id, first.Id], await ListedIds());
        var played = (await Account.PlayCharacter(_epoch, first.Id)).Value();
        Assert.Equal([first.Id, second.Id], await ListedIds());
        Assert.Equal(new byte[] { 1, 2 }, played.Appearance.ToArray());
        Assert.NotNull(played.Played);
        (await Account.PlayCharacter(_epoch, CharacterId.New())).Refused(RefusalCode.CharacterNotFound);
    }

    private static Refusal? CommitAfter(TimeSpan late)
    {
        var claimed = DateTimeOffset.UnixEpoch;
        var entry = new CharacterEntry(CharacterId.New(), "Late", default, claimed, null);
        var answer = new CharacterList(new AccountOptions()).Add(new AccountRecord(), entry, epoch: 0, claimed, claimed + late);
        return answer.TryGet(out _, out var why) ? null : why;
    }

    private Task<Answer<CharacterListed>> Create() => Account.CreateCharacter(_epoch, _name, default);

    /// <summary>A creation whose client goes while the store is slow.</summary>
    private async Task CallOffCreation(StorageHold slow)
    {
        using var client = new CancellationTokenSource();
        var creating = Account.CreateCharacter(_epoch, _name, default, client.Token);
        await Wait.In(slow.Arrived, "the store to be slow");
        await _cluster.CallOff(creating, client, Account);
    }

    private async Task<Func<Task<Answer<CharacterListed>>>> OtherAccount()
    {
        var other = _cluster.Grains.GetGrain<IAccountGrain>(Guid.NewGuid());
        var epoch = (await other.Login("Baldo")).Value().Epoch;
        return () => other.CreateCharacter(epoch, _name.ToUpperInvariant(), default);
    }

    private async Task<int> Listed() => (await ListedIds()).Length;

    private async Task<CharacterId[]> ListedIds() => [.. (await Account.ListCharacters(_epoch)).Value().Characters.Select(character => character.Id)];

    private Task Confirmed() => Wait.Until(() => _cluster.Storage.Writes(CharacterNameRecord.State) == 2, "the name to be confirmed");

    /// <summary>The name grain is busy writing its claim, so the row is asked.</summary>
    private async Task<CharacterId> Claimer()
    {
        var storage = _cluster.Orleans.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>(StorageNames.Mmo);
        var row = new GrainState<CharacterNameRecord>(new CharacterNameRecord());
        await storage.ReadStateAsync(CharacterNameRecord.State, Name.GetGrainId(), row);
        return row.State!.Character!.Value;
    }
}
