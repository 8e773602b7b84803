using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Grains.Accounts;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Accounts;

public sealed class GivingAnEmail : IAsyncLifetime
{
    private static readonly TimeSpan ClaimRunsOut = TimeSpan.FromSeconds(31);
    private readonly ClusterClock _time = new();
    private readonly string _name = Names.New();
    private readonly string _email = $"{Names.New()}@b.example";
    private GrainCluster _cluster = null!;

    private IEmailGrain Email => _cluster.Grains.GetGrain<IEmailGrain>(GrainKeys.Email(_email));

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.Start(options =>
    {
        options.Time = _time;
        options.Silos = 1;
    });

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task An_address_has_one_account_whatever_its_case()
    {
        (await Register(_name)).Value();
        (await Register("other", _email.ToUpperInvariant())).Refused(RefusalCode.EmailAlreadyInUse);
        (await Register("other", "")).Value();
    }

    [Fact]
    public async Task Of_many_registrations_with_one_address_at_once_one_wins()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Register($"{_name}{number}")));
        Assert.Single(all, answer => answer is Granted<AccountId>);
        Assert.All(all.OfType<Denied<AccountId>>(), denied => Assert.Equal(RefusalCode.EmailAlreadyInUse, denied.Why.Code));
    }

    [Fact]
    public async Task A_name_that_is_taken_takes_no_address()
    {
        (await Register(_name, "")).Value();
        (await Register(_name)).Refused(RefusalCode.UsernameExisted);
        (await Register("other")).Value();
    }

    [Theory]
    [InlineData(EmailRecord.State, CommitPoint.Before, false)]
    [InlineData(EmailRecord.State, CommitPoint.After, true)]
    [InlineData(CredentialRecord.State, CommitPoint.Before, false)]
    [InlineData(CredentialRecord.State, CommitPoint.After, true)]
    public async Task A_store_that_fails_once_leaves_a_whole_account_or_none(string state, CommitPoint point, bool made)
    {
        _cluster.Storage.FailNext(state, point);
        Assert.Equal(made, await Register(_name) is Granted<AccountId>);
        _time.Advance(ClaimRunsOut);
        Assert.Equal(!made, await Register("other") is Granted<AccountId>);
    }

    [Fact]
    public async Task A_crash_between_claim_and_account_keeps_the_address_for_thirty_seconds_only()
    {
        await Email.Claim(AccountId.New(), "crashed");
        (await Register(_name)).Refused(RefusalCode.EmailAlreadyInUse);
        _time.Advance(ClaimRunsOut);
        (await Register(_name)).Value();
        (await Register("crashed", "")).Value();
    }

    [Fact]
    public async Task A_confirmation_that_was_lost_is_made_up_for_when_somebody_wants_the_address()
    {
        var account = (await Register(_name, "")).Value();
        await Email.Claim(account, _name);
        _time.Advance(ClaimRunsOut);
        (await Register("other")).Refused(RefusalCode.EmailAlreadyInUse);
        (await Email.Confirm(account)).Value();
    }

    [Fact]
    public async Task A_claim_that_takes_too_long_makes_no_account_and_holds_nothing()
    {
        using var slow = _cluster.Storage.Hold(EmailRecord.State, CommitPoint.After);
        var registering = Register(_name);
        await Wait.In(slow.Arrived, "the claim to be written");
        await Wait.Until(() => Passed(registering), "the name to wait no longer for the address");
        (await registering).Refused(RefusalCode.ServiceNotAvailable);
        slow.Release();
        _time.Advance(ClaimRunsOut);
        (await Register("other")).Value();
        Assert.Null(await Username(_name).Find());
    }

    [Fact]
    public async Task A_name_that_had_to_say_what_it_never_made_is_still_free()
    {
        Assert.False((await Username(_name).Owns(AccountId.New())).Value());
        Assert.Null(await Username(_name).Find());
        (await Username(_name).CheckPassword("secret", "")).Refused(RefusalCode.InvalidUsernameOrPassword);
        var account = (await Register(_name)).Value();
        Assert.True((await Username(_name).Owns(account)).Value());
        Assert.False((await Username(_name).Owns(AccountId.New())).Value());
    }

    [Fact]
    public void An_account_is_made_within_ten_seconds_after_its_claim_or_never()
    {
        var credential = new CredentialRecord { Account = AccountId.New(), PasswordHash = "hash", Created = DateTimeOffset.UnixEpoch };
        Credentials.Register(new CredentialRecord(), credential, DateTimeOffset.UnixEpoch.AddSeconds(10)).Value();
        Credentials.Register(new CredentialRecord(), credential, DateTimeOffset.UnixEpoch.AddSeconds(11)).Refused(RefusalCode.ServiceNotAvailable);
    }

    private bool Passed(Task task)
    {
        if (!task.IsCompleted) _time.Advance(TimeSpan.FromMilliseconds(100));
        return task.IsCompleted;
    }

    private IUsernameGrain Username(string name) => _cluster.Grains.GetGrain<IUsernameGrain>(GrainKeys.Username(name));

    private Task<Answer<AccountId>> Register(string name, string? email = null) => Username(name).Register(new(name, "secret", email ?? _email));
}
