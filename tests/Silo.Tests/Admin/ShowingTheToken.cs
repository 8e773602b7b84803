using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MmoOrleans.Gateway.Configuration;
using MmoOrleans.Silo.Admin;

namespace MmoOrleans.Silo.Tests.Admin;

public class ShowingTheToken(SiloWithToken silo) : IClassFixture<SiloWithToken>
{
    [Theory]
    [InlineData(null, null, 401)]
    [InlineData("Bearer", "open", 401)]
    [InlineData("Bearer", "open-sesame!", 401)]
    [InlineData("Bearer", "open-sesame", 200)]
    [InlineData("bearer", "open-sesame", 200)]
    [InlineData("Digest", "open-sesame", 401)]
    [InlineData("Basic", "open-sesame", 401)]
    public async Task Only_who_shows_the_token_is_served(string? scheme, string? token, int status)
    {
        var answer = await silo.Send(HttpMethod.Get, "servers", with: request => request.Headers.Authorization = scheme is null ? null : new(scheme, token));
        Assert.Equal(status, answer.Status);
        if (status == 401) Assert.Contains("adminToken", OperatedSilo.ReasonOf(answer.Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anybody:open-sesame", 200)]
    [InlineData(":open-sesame", 200)]
    [InlineData("open-sesame", 401)]
    [InlineData("open-sesame:other", 401)]
    public async Task A_browser_shows_it_as_a_password(string credentials, int status)
    {
        var basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        Assert.Equal(status, (await silo.Send(HttpMethod.Get, "servers", with: request => request.Headers.Authorization = basic)).Status);
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost", true)]
    [InlineData("127.0.0.1", "127.0.0.1:8080", true)]
    [InlineData("::1", "[::1]:8080", true)]
    [InlineData("127.0.0.1", "evil.example", false)]
    [InlineData("10.0.0.1", "localhost", false)]
    [InlineData(null, "localhost", false)]
    public void Without_a_token_only_this_machine_is_served_under_its_own_name(string? from, string host, bool served)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = from is null ? null : IPAddress.Parse(from);
        context.Request.Host = new HostString(host);
        Assert.Equal(served, new OperatorAccess(new DashboardSettings(IPAddress.Loopback, 8080, AdminToken: null)).Allows(context.Request));
    }
}
