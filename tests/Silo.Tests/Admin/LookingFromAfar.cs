using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace MmoOrleans.Silo.Tests.Admin;

/// <summary>Everything that an operators' listener which others can reach has to show: to who has the token, and to nobody else.</summary>
public sealed class LookingFromAfar(OpenSilo silo) : IClassFixture<OpenSilo>
{
    /// <summary>A path, and what stands there for those who may see it.</summary>
    public static TheoryData<string, string> Pages => new()
    {
        { "/", "<html" },
        { "/DashboardCounters", "\"totalActivationCount\"" },
        { "/metrics", "# TYPE " },
        { "/admin/servers", "\"maps\"" },
    };

    [Fact]
    public void It_is_reached_by_every_address_of_the_machine()
    {
        var listens = silo.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

        Assert.Contains($"http://0.0.0.0:{silo.Ports.Dashboard}", listens);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_for_who_shows_the_token(string path, string text)
    {
        await Refused(path, text, null);
        await Refused(path, text, new("Bearer", SiloWithToken.Token + "!"));
        await Refused(path, text, Password("another"));
        await Shown(path, text, new("Bearer", SiloWithToken.Token));
        await Shown(path, text, Password(SiloWithToken.Token));
    }

    private async Task Refused(string path, string text, AuthenticationHeaderValue? shown)
    {
        var answer = await silo.Get(path, shown);
        Assert.Equal(401, answer.Status);
        Assert.Contains("adminToken", OperatedSilo.ReasonOf(answer.Text), StringComparison.Ordinal);
        Assert.DoesNotContain(text, answer.Text, StringComparison.Ordinal);
    }

    private async Task Shown(string path, string text, AuthenticationHeaderValue shown)
    {
        var answer = await silo.Get(path, shown);
        Assert.Equal(200, answer.Status);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
    }

    private static AuthenticationHeaderValue Password(string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("anybody:" + password)));
}

public sealed class OpenSilo() : OperatedSilo("-adminToken", SiloWithToken.Token, "-dashboardAddress", "0.0.0.0");
