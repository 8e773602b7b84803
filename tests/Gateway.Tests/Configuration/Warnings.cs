using MmoOrleans.Gateway.Configuration;

namespace MmoOrleans.Gateway.Tests.Configuration;

public class Warnings : ReadingConfiguration
{
    [Theory]
    [InlineData("centralprot", "did you mean -centralPort?")]
    [InlineData("spawnMap", "did you mean -spawnMaps?")]
    [InlineData("centralport", "did you mean -centralPort? Upper and lower case matter.")]
    [InlineData("batchmode", "--help lists all keys")]
    [InlineData("-centralPort", "did you mean -centralPort? Upper and lower case matter.")]
    public void An_unknown_argument_is_ignored_with_its_value_and_the_nearest_one_named(string name, string advice)
    {
        var (settings, warnings) = ReadyWith("-" + name, "7009", "-tickRate", "30");

        Assert.EndsWith($"(argument) is unknown and ignored; {advice}", Assert.Single(warnings));
        Assert.Equal((7000, 30), (settings.Listen.GamePort, settings.World.TickRateHz));
    }

    [Fact]
    public void An_unknown_key_of_the_file_is_named_with_the_file()
    {
        var path = WriteFile("""{"tickrate": 30}""");

        Assert.Equal($"tickrate ({path}) is unknown and ignored; did you mean tickRate? Upper and lower case matter.", Assert.Single(ReadyWith().Warnings));
    }

    [Fact]
    public void An_unknown_variable_is_named_with_its_prefix()
    {
        Variables["MMO_centralPrt"] = "7009";
        Variables["OTHER_centralPort"] = "7009";

        Assert.Equal("MMO_centralPrt (environment) is unknown and ignored; did you mean MMO_centralPort?", Assert.Single(ReadyWith().Warnings));
    }

    [Fact]
    public void An_empty_variable_counts_as_not_set()
    {
        Variables["MMO_centralPort"] = "";

        Assert.Equal(7000, ReadyWith().Settings.Listen.GamePort);
    }

    [Fact]
    public void A_word_that_follows_no_key_is_named()
    {
        Assert.Equal("argument \"useCustomDatabaseClient\" is ignored; it follows no key", Assert.Single(ReadyWith("useCustomDatabaseClient").Warnings));
    }

    [Theory]
    [InlineData("-connectionString=Host=db1;Password=hush")]
    [InlineData("--connectionString=db1:6379,password=hush")]
    [InlineData("Password=hush")]
    [InlineData("-adminToken=hush")]
    public void What_follows_an_equals_sign_may_be_a_secret_and_is_not_repeated(string word) =>
        Assert.DoesNotContain("hush", Assert.Single(ReadyWith(word).Warnings), StringComparison.Ordinal);

    [Fact]
    public void Of_two_values_in_one_place_the_last_one_counts_with_a_warning()
    {
        var (settings, warnings) = ReadyWith("-tickRate", "30", "-tickRate", "40");
        Assert.Equal(40, settings.World.TickRateHz);
        Assert.Contains("given more than once", Assert.Single(warnings));

        WriteFile("""{"tickRate": 30, "tickRate": 50}""");
        (settings, warnings) = ReadyWith();
        Assert.Equal(50, settings.World.TickRateHz);
        Assert.Contains("given more than once", Assert.Single(warnings));
    }

    [Fact]
    public void An_argument_of_the_other_host_is_named()
    {
        Assert.Equal("-gatewayPort is ignored; it is a key of the Gateway host", Assert.Single(ReadyWith("-gatewayPort", "1").Warnings));
        Assert.Equal("-spawnMaps is ignored; it is a key of the Silo host", Assert.Single(ReadyIn(HostKind.Gateway, "-spawnMaps", "a").Warnings));
    }

    [Fact]
    public void An_action_of_one_start_is_not_taken_from_a_file()
    {
        WriteFile("""{"writeConfig": true}""");

        Assert.Contains("works as an argument only", Assert.Single(ReadyWith().Warnings));
    }

    [Fact]
    public void Orleans_ports_that_others_can_reach_are_named()
    {
        Assert.Contains("only a private network may reach them", Assert.Single(ReadyWith("-siloAddress", "10.0.0.5").Warnings));
        Assert.Empty(ReadyWith("-siloAddress", "127.0.0.5").Warnings);
    }

    [Fact]
    public void Tls_on_one_port_of_two_is_named_when_others_can_reach_them()
    {
        using var certificate = new Fakes.TestCertificate();
        string[] secure = ["-webSocketSecure", "-webSocketCertPath", certificate.Path, "-webSocketCertPassword", Fakes.TestCertificate.Password];

        Assert.Contains("passwords cross the network in the clear", Assert.Single(ReadyWith(secure).Warnings));
        Assert.Empty(ReadyWith([.. secure, "-listenAddress", "127.0.0.1"]).Warnings);
        var (settings, warnings) = ReadyWith([.. secure, "-gameSecure"]);
        Assert.Empty(warnings);
        Assert.Equal(settings.Listen.Certificate, settings.Listen.GameCertificate);
        Assert.NotNull(ReadyWith([.. secure[1..], "-gameSecure"]).Settings.Listen.GameCertificate);
    }

    [Fact]
    public void Tls_on_the_game_port_needs_a_certificate() =>
        Assert.Contains("gameSecure is true, but webSocketCertPath is not set", RefusalOf("-gameSecure"));

    [Fact]
    public void Fewer_password_iterations_than_advised_are_allowed_with_a_warning()
    {
        var (settings, warnings) = ReadyWith("-passwordIterations", "1000");

        Assert.Equal(1000, settings.Accounts.PasswordIterations);
        Assert.Contains("below the advised 210000", Assert.Single(warnings));
    }
}
