using MmoOrleans.GrainInterfaces;
using MmoOrleans.GrainInterfaces.Accounts;
using MmoOrleans.Grains.Accounts;
using MmoOrleans.Grains.Tests.Cluster;
using MmoOrleans.Grains.Tests.Storage.Faults;

namespace MmoOrleans.Grains.Tests.Accounts;

public sealed class Registering(GrainCluster cluster) : IClassFixture<GrainCluster>
{
    private readonly string _name = Names.New();

    private IUsernameGrain Username => cluster.Grains.GetGrain<IUsernameGrain>(GrainKeys.Username(_name));

    [Fact]
    public async Task A_registered_name_opens_its_account_with_its_password_only()
    {
        var account = (await Username.Register(new(_name, " spaced ", ""))).Value();
        Assert.Equal(account, (await Username.CheckPassword(" spaced ", "")).Value());
        (await Username.CheckPassword("spaced", "")).Refused(RefusalCode.InvalidUsernameOrPassword);
    }

    [Fact]
    public async Task The_same_name_in_another_case_is_taken()
    {
        (await Username.Register(new(_name, "secret", ""))).Value();
        (await Username.Register(new(_name.ToUpperInvariant(), "other", ""))).Refused(RefusalCode.UsernameExisted);
    }

    [Fact]
    public async Task Of_many_registrations_at_once_one_wins()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Username.Register(new(_name, $"secret {number}", ""))));
        Assert.Single(all, answer => answer is Granted<AccountId>);
        Assert.All(all.OfType<Denied<AccountId>>(), denied => Assert.Equal(RefusalCode.UsernameExisted, denied.Why.Code));
    }

    [Fact]
    public async Task Registering_is_one_write()
    {
        await Username.Register(new(_name, "secret", ""));
        Assert.Single(cluster.Storage.Calls, call => call.IsChange && call.Grain == Username.GetGrainId());
    }

    [Fact]
    public async Task A_write_that_fails_before_the_commit_leaves_the_name_free()
    {
        cluster.Storage.FailNext(Mine, CommitPoint.Before);
        (await Username.Register(new(_name, "secret", ""))).Refused(RefusalCode.ServiceNotAvailable);
        (await Username.Register(new(_name, "secret", ""))).Value();
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_has_made_the_account()
    {
        cluster.Storage.FailNext(Mine, CommitPoint.After);
        var account = (await Username.Register(new(_name, "secret", ""))).Value();
        Assert.Equal(account, (await Username.CheckPassword("secret", "")).Value());
    }

    [Fact]
    public async Task A_store_that_is_away_is_a_refusal_with_a_time()
    {
        using var away = cluster.Storage.FailAll(call => call.Grain == Username.GetGrainId(), CommitPoint.Before);
        Assert.NotNull((await Username.Register(new(_name, "secret", ""))).Refused(RefusalCode.ServiceNotAvailable).RetryAfter);
        Assert.NotNull((await Username.CheckPassword("secret", "")).Refused(RefusalCode.ServiceNotAvailable).RetryAfter);
    }

    [Fact]
    public async Task A_name_is_not_registered_at_the_grain_of_another() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Username.Register(new("somebody_else", "secret", "")));

    [Theory]
    [InlineData("", "secret", "", RefusalCode.UsernameTooShort)]
    [InlineData("a", "secret", "", RefusalCode.UsernameTooShort)]
    [InlineData("a23456789_123456789_1234", "secret", "", null)]
    [InlineData("a23456789_123456789_12345", "secret", "", RefusalCode.UsernameTooLong)]
    [InlineData("with space", "secret", "", RefusalCode.InvalidUsername)]
    [InlineData("Zoë", "secret", "", RefusalCode.InvalidUsername)]
    [InlineData("a-b", "secret", "", RefusalCode.InvalidUsername)]
    [InlineData("ab", "", "", RefusalCode.PasswordTooShort)]
    [InlineData("ab", "p", "", RefusalCode.PasswordTooShort)]
    [InlineData("ab", "  ", "", null)]
    [InlineData("ab", "secret", "a@b.example", null)]
    [InlineData("ab", "secret", "a@b.example.", RefusalCode.InvalidEmail)]
    [InlineData("ab", "secret", "A Name <a@b.example>", RefusalCode.InvalidEmail)]
    [InlineData("ab", "secret", "nobody", RefusalCode.InvalidEmail)]
    public void Names_passwords_and_addresses_have_rules(string username, string password, string email, RefusalCode? code) =>
        Assert.Equal(code, new AccountRules(new AccountOptions()).Check(new(username, password, email))?.Code);

    [Fact]
    public void A_password_is_measured_in_bytes()
    {
        var rules = new AccountRules(new AccountOptions());
        Assert.Null(rules.Check(new("ab", new string('x', 256), "")));
        Assert.Equal(RefusalCode.PasswordTooLong, rules.Check(new("ab", new string('ë', 129), ""))?.Code);
    }

    [Theory]
    [InlineData("Admin")]
    [InlineData("\uFF47\uFF2D")]
    public void A_name_that_speaks_for_the_server_is_nobodys_in_any_spelling(string name)
    {
        var refused = new AccountRules(new AccountOptions()).CheckReserved(name, RefusalCode.InvalidCharacterName);
        Assert.Equal((RefusalCode.InvalidCharacterName, "This name is reserved."), (refused?.Code, refused?.Sentence));
        Assert.Null(new AccountRules(new AccountOptions { ReservedNames = ["king"] }).CheckReserved(name, RefusalCode.InvalidCharacterName));
    }

    [Fact]
    public void An_address_is_needed_where_it_is_required() =>
        Assert.Equal(RefusalCode.InvalidEmail, new AccountRules(new AccountOptions { RequireEmail = true }).Check(new("ab", "secret", ""))?.Code);

    private bool Mine(StorageCall call) => call.IsChange && call.Grain == Username.GetGrainId();
}
