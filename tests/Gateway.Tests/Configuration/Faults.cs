using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Gateway.Tests.Fakes;

namespace MmoOrleans.Gateway.Tests.Configuration;

public class Faults : ReadingConfiguration
{
    [Theory]
    [InlineData("{\"a\": 1\n \"b\": 2}", 2, 2, "expected ',' or '}' after a value, found '\"'")]
    [InlineData("{\n  \"spawnMaps\": [\"a\" \"b\"]\n}", 2, 21, "expected ',' or ']' after a value, found '\"'")]
    [InlineData("{\n  'centralPort': 7000\n}", 2, 3, "expected a key in double quotes or '}', found '''")]
    [InlineData("{\r\n  \"centralPort\" 7000\r\n}", 2, 17, "expected ':' after a key, found '7'")]
    [InlineData("{\"title\": \"Äöü\" \"b\": 2}", 1, 17, "expected ',' or '}' after a value, found '\"'")]
    [InlineData("{\"centralPort\": seven}", 1, 17, "expected a value: \"text\", a number, true, false, [ or {, found 's'")]
    [InlineData("{} x", 1, 4, "expected the end of the file after the last '}', found 'x'")]
    [InlineData("", 1, 1, "expected '{', the file is empty")]
    [InlineData("[1, 2]", 1, 1, "expected '{', an object of keys")]
    public void A_broken_file_is_refused_with_line_column_and_what_was_expected(string json, int line, int column, string expected)
    {
        var path = WriteFile(json);

        Assert.Equal($"{path} line {line} column {column}: {expected}", RefusalOf());
    }

    [Theory]
    [InlineData("{\"centralPort\": 7000", "expected ',' or '}' after a number")]
    [InlineData("{\"spawnMaps\": [\"a\"", "expected ',' or ']' before the end of the file")]
    [InlineData("{\"centralPort\": 70x0}", "expected ',' or '}' after a number, found 'x'")]
    [InlineData("{\"useWebSocket\": true", "expected ',' or '}' before the end of the file")]
    [InlineData("{\"centralPort\": \"70", "expected JSON: Expected end of string, but instead reached end of data.")]
    public void A_file_that_ends_early_or_in_a_number_says_so(string json, string expected)
    {
        var path = WriteFile(json);

        Assert.StartsWith($"{path} line 1 column ", RefusalOf());
        Assert.Contains(expected, RefusalOf());
    }

    [Theory]
    [InlineData("centralPort", "70000", "a port number from 0 to 65535")]
    [InlineData("centralPort", "-1", "a port number from 0 to 65535")]
    [InlineData("centralPort", "seven", "a port number from 0 to 65535")]
    [InlineData("tickRate", "0", "a whole number from 1 to 60")]
    [InlineData("tickRate", "20.5", "a whole number from 1 to 60")]
    [InlineData("visibleRange", "NaN", "a number from 1 to 10000")]
    [InlineData("maxSpeed", "1e9", "a number from 0.1 to 1000")]
    [InlineData("useWebSocket", "maybe", "true or false")]
    [InlineData("listenAddress", "7000", "an IP address or localhost")]
    [InlineData("channels", "1:One:many", "a list of channels {id, title, maxConnections}; of entry 1, maxConnections as a whole number")]
    [InlineData("databaseOptionIndex", "3", "a whole number from 0 to 2")]
    public void A_bad_value_is_refused_with_key_value_origin_and_range(string key, string value, string expected)
    {
        Assert.Equal($"{key} = \"{value}\" (argument): expected {expected}", RefusalOf("-" + key, value));

        Variables["MMO_" + key] = value;
        Assert.Equal($"{key} = \"{value}\" (environment): expected {expected}", RefusalOf());
        Variables.Clear();

        var path = WriteFile($"{{\"{key}\": \"{value}\"}}");
        Assert.Equal($"{key} = \"{value}\" ({path}): expected {expected}", RefusalOf());
    }

    [Theory]
    [InlineData("centralPort", "true")]
    [InlineData("centralPort", "[7000]")]
    [InlineData("useWebSocket", "1")]
    [InlineData("spawnMaps", "{\"a\": 1}")]
    [InlineData("spawnMaps", "[[]]")]
    [InlineData("channels", "[[]]")]
    [InlineData("channels", "[{\"id\": true}]")]
    [InlineData("channels", "[{\"id\": \"1\", \"maxConnections\": \"many\"}]")]
    [InlineData("publicAddress", "{}")]
    public void A_value_of_the_wrong_json_kind_is_refused(string key, string json)
    {
        var path = WriteFile($"{{\"{key}\": {json}}}");

        Assert.StartsWith($"{key} = {json} ({path}): expected ", RefusalOf());
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var sentence = RefusalOf("-centralPort", "x", "-tickRate", "y");

        Assert.Equal(2, sentence.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void A_secret_of_the_wrong_kind_is_not_printed()
    {
        WriteFile("""{"adminToken": ["hush"]}""");

        Assert.DoesNotContain("hush", RefusalOf());
    }

    [Fact]
    public void A_named_file_that_is_missing_is_refused() =>
        Assert.Contains($"{Path.Combine(Working, "nowhere.json")}\": expected a file", RefusalOf("-config", "nowhere.json"));

    [Fact]
    public void A_folder_is_not_a_file() => Assert.Contains("expected a file", RefusalOf("-config", "."));

    [Fact]
    public void A_huge_file_is_not_read()
    {
        WriteFile(new string(' ', 1024 * 1024 + 1));

        Assert.Contains("larger than", RefusalOf());
    }

    [Fact]
    public void Two_listeners_on_one_port_are_refused_by_name()
    {
        Assert.Equal("centralPort and httpPort are both 7001: expected a port of its own for each", RefusalOf("-centralPort", "7001"));
        Assert.Contains("dashboardPort and clusterPort are both 8080", RefusalOf("-clusterPort", "8080"));
        Assert.IsType<StartAnswer.Ready>(Read("-centralPort", "0", "-httpPort", "0", "-dashboardPort", "0", "-siloPort", "0", "-orleansGatewayPort", "0"));
        Assert.IsType<StartAnswer.Ready>(Read("-centralPort", "7001", "-embeddedGateway", "false"));
    }

    [Fact]
    public void A_dashboard_that_others_can_reach_needs_a_token()
    {
        Assert.Contains("adminToken must be set", RefusalOf("-dashboardAddress", "0.0.0.0"));
        Assert.IsType<StartAnswer.Ready>(Read("-dashboardAddress", "0.0.0.0", "-adminToken", "s3cret"));
    }

    [Fact]
    public void Secure_web_sockets_need_a_certificate_that_is_there()
    {
        Assert.Contains("webSocketCertPath is not set", RefusalOf("-webSocketSecure"));
        Assert.Contains("expected a .pfx or .pem file", RefusalOf("-webSocketSecure", "-webSocketCertPath", "none.pfx"));

        WriteFile("", "working/empty.pfx");
        Assert.Contains("expected a .pfx or .pem file with its key", RefusalOf("-webSocketSecure", "-webSocketCertPath", "empty.pfx"));
        Assert.Contains("webSocketCertKeyPath = ", RefusalOf("-webSocketSecure", "-webSocketCertPath", "empty.pfx", "-webSocketCertKeyPath", "none.pem"));
    }

    [Fact]
    public void A_certificate_is_opened_before_anything_starts()
    {
        using var file = new TestCertificate();
        string[] secure = ["-webSocketSecure", "-webSocketCertPath", file.Path];
        Assert.Contains("that opens with webSocketCertPassword", RefusalOf([.. secure, "-webSocketCertPassword", "wrong"]));

        var certificate = ReadyWith([.. secure, "-webSocketCertPassword", TestCertificate.Password]).Settings.Listen.Certificate!;
        Assert.Equal((file.Path, TestCertificate.Password), (certificate.Path, certificate.Password));
        Assert.DoesNotContain(TestCertificate.Password, certificate.ToString().Replace(file.Path, "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pem_certificate_brings_its_key_in_the_same_file_or_in_one_of_its_own()
    {
        using var file = new TestCertificate();
        var (whole, bare, key) = (file.InPem(withKey: true), file.InPem(withKey: false), file.KeyInPem());
        Assert.Null(ReadyWith("-webSocketSecure", "-webSocketCertPath", whole).Settings.Listen.Certificate!.KeyPath);
        Assert.Equal(key, ReadyWith("-webSocketSecure", "-webSocketCertPath", bare, "-webSocketCertKeyPath", key).Settings.Listen.Certificate!.KeyPath);
        Assert.Contains("with its key", RefusalOf("-webSocketSecure", "-webSocketCertPath", bare));
    }

    [Fact]
    public void Who_vouches_for_a_certificate_comes_with_it_whichever_file_it_is_in()
    {
        using var file = new TestCertificate();
        using var issuer = new TestCertificate();

        using var pfx = new CertificateSettings(file.InPfxWith(issuer), TestCertificate.Password).Load(out var inPfx);
        using var pem = new CertificateSettings(file.InPem(withKey: true, issuer), null).Load(out var inPem);

        foreach (var (certificate, chain) in new[] { (pfx, inPfx), (pem, inPem) })
        {
            Assert.Equal((true, file.Thumbprint), (certificate.HasPrivateKey, certificate.Thumbprint));
            Assert.Contains(issuer.Thumbprint, chain.Select(one => one.Thumbprint));
        }
    }
}
