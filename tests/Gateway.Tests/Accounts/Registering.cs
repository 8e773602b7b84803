using System.Net;
using Microsoft.Extensions.Time.Testing;
using MmoOrleans.Gateway.Accounts;
using MmoOrleans.Gateway.Tests.Fakes;

namespace MmoOrleans.Gateway.Tests.Accounts;

public class Registering
{
    private const string Home = "2001:db8:1:1::1";

    [Fact]
    public async Task One_network_registers_so_often_a_minute_and_the_next_one_may_all_the_same()
    {
        await using var gateway = new GatewayUnderTest(options => options.RegistrationsPerMinutePerAddress = 2);
        var client = await gateway.Greet(Home);
        await client.Ask(Commands.Register("one", "secret"));
        await client.Ask(Commands.Register("two", "secret"));
        var neighbour = await gateway.Greet("2001:db8:1:1::2");
        var stranger = await gateway.Greet("2001:db8:1:2::1");

        var limited = (await neighbour.Ask(Commands.Register("three", "secret"))).Refused;

        Assert.Equal((ErrorCode.RateLimited, 60_000u), (limited.Code, limited.RetryAfterMs));
        Assert.Null(await gateway.World.Username("three").Find());
        Assert.NotNull((await stranger.Ask(Commands.Register("four", "secret"))).Registered);
    }

    [Fact]
    public void After_a_minute_it_may_go_on_and_after_a_day_of_them_not()
    {
        var time = new FakeTimeProvider();
        var limits = new RegistrationLimits(new GatewayOptions { RegistrationsPerMinutePerAddress = 1, RegistrationsPerDayPerAddress = 2 }, time);
        var address = IPAddress.Parse(Home);
        Assert.Null(limits.Take(address));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(limits.Take(address));
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromDays(1) - TimeSpan.FromMinutes(2), limits.Take(address)!.RetryAfter);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task Bots_on_this_machine_register_as_many_as_they_like(string address)
    {
        await using var gateway = new GatewayUnderTest(options => (options.RegistrationsPerMinutePerAddress, options.RegistrationsPerDayPerAddress) = (1, 1));
        var client = await gateway.Greet(address);
        for (var number = 0; number < 5; number++)
            Assert.NotNull((await client.Ask(Commands.Register($"bot{number}", "secret"))).Registered);
    }

    [Theory]
    [InlineData("a", "secret", "", ErrorCode.UsernameTooShort)]
    [InlineData("barone", "1", "", ErrorCode.PasswordTooShort)]
    [InlineData("barone", "secret", "nowhere", ErrorCode.InvalidEmail)]
    [InlineData("Admin", "secret", "", ErrorCode.InvalidUsername)]
    public async Task What_the_rules_refuse_wakes_no_grain_and_does_not_count(string username, string password, string email, ErrorCode code)
    {
        await using var gateway = new GatewayUnderTest(options => options.RegistrationsPerMinutePerAddress = 1);
        var client = await gateway.Greet();
        var register = Commands.Register(username, password);
        register.Register.Email = email;

        Assert.Equal(code, (await client.Ask(register)).Refused.Code);
        Assert.Equal(0, gateway.World.Usernames);
        Assert.NotNull((await client.Ask(Commands.Register("barone", "secret"))).Registered);
    }

    [Fact]
    public void Addresses_are_forgotten_rather_than_remembered_without_bound()
    {
        var time = new FakeTimeProvider();
        var budget = new AddressBudget(1, TimeSpan.FromMinutes(1), time);
        for (var number = 0; number < AddressBudget.MostAddresses; number++)
            budget.Take(new IPAddress(number));
        Assert.NotNull(budget.Wait(new IPAddress(1)));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(budget.Take(new IPAddress(AddressBudget.MostAddresses)));
        Assert.Null(budget.Wait(new IPAddress(1)));
        Assert.NotNull(budget.Wait(new IPAddress(AddressBudget.MostAddresses)));
    }
}
