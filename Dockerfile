# Needs a database server (MMO_DATABASE, MMO_CONNECTIONSTRING), or MMO_STORAGEPATH on a volume that the user may write.
# Two images of one build: docker build --target silo -t mmo-silo . && docker build --target gateway -t mmo-gateway .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish Silo -c Release -o /out/silo && dotnet publish Gateway -c Release -o /out/gateway

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS silo
WORKDIR /srv/mmo
COPY --from=build /out/silo .
USER $APP_UID
# 7000 game, 7001 WebSocket and health: for the world. 11111 and 30000: between the hosts, for nobody else.
EXPOSE 7000 7001 11111 30000
STOPSIGNAL SIGTERM
ENTRYPOINT ["./MmoOrleans.Silo"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS gateway
WORKDIR /srv/mmo
COPY --from=build /out/gateway .
USER $APP_UID
EXPOSE 7100 7101
STOPSIGNAL SIGTERM
ENTRYPOINT ["./MmoOrleans.Gateway"]
